import type { ArgParts, Task } from "vendue/backend";
import { encodeArgs } from "./args.ts";
import { deviceFor, type Facts, openDevice } from "./facts.ts";
import { route } from "./filters.ts";
import { decodeOnCard } from "./trials.ts";

export function buildArgs(task: Task, facts: Facts): ArgParts {
  const { encode, variant } = task;
  const device = deviceFor(variant, facts);
  if (device === undefined) return { filters: task.ops };
  const { decodes, steps } = route(task, device, facts);
  const proven = encode && device.codecs[encode.codec]?.features;
  const isLean = variant === "less memory";
  const features = variant === "plain" || isLean ? "plain" : (proven ?? "plain");
  return {
    device: openDevice(device.id),
    ...(decodes && { decode: decodeOnCard(isLean ? 2 : undefined) }),
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
