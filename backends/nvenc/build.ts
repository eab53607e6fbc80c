import type { ArgParts, Task } from "vendue/backend";
import { encodeArgs } from "./args.ts";
import { deviceFor, type Facts, openDevice } from "./facts.ts";
import { route } from "./filters.ts";

export function buildArgs(task: Task, facts: Facts): ArgParts {
  const { encode, variant } = task;
  const device = deviceFor(variant, facts);
  if (device === undefined) return { filters: task.ops };
  const { decodes, steps } = route(task, device, facts);
  const proven = encode && device.codecs[encode.codec]?.features;
  const features = variant === "plain" ? "plain" : (proven ?? "plain");
  return {
    device: openDevice(device.id),
    ...(decodes && { decode: { on: "cuda", args: decodeArgs } }),
    filters: steps,
    ...(encode && {
      encode: {
        on: "cuda",
        args: encodeArgs(encode, { ...facts, features }),
        pixelFormat: encode.bitDepth === 10 ? "p010le" : "nv12",
      },
    }),
  };
}

// More threads than one run over the decoder's 32 surfaces; the extra frames are those that look-ahead holds back.
const decodeArgs = "-threads 1 -extra_hw_frames 8 -hwaccel cuda -hwaccel_device cu -hwaccel_output_format cuda".split(
  " ",
);
