import type { ArgParts, Task } from "vendue/backend";
import { encodeArgs, type EncoderFacts } from "./args.ts";
import { type CodecFacts, deviceFor, type Facts, openDevice } from "./facts.ts";
import { route } from "./filters.ts";
import { decodeOnDevice } from "./trial.ts";

export function buildArgs(task: Task, facts: Facts): ArgParts {
  const { encode, variant } = task;
  const device = deviceFor(variant, facts);
  if (device === undefined) return { filters: task.ops };
  const { decodes, steps } = route(task, device);
  const known = encode && device.codecs[encode.codec];
  return {
    device: openDevice(device),
    ...(decodes && { decode: decodeOnDevice(variant === "less memory" ? 2 : undefined) }),
    filters: steps,
    ...(encode && {
      encode: {
        on: "vaapi",
        args: encodeArgs(encode, {
          ...varied(known ?? unproven, variant),
          options: facts.options,
          ...(device.driver !== undefined && { driver: device.driver }),
        }),
        pixelFormat: encode.bitDepth === 10 ? "p010le" : "nv12",
      },
    }),
  };
}

const unproven: CodecFacts = { depths: [8], bframes: false, lowPower: false, modes: ["CQP"] };

/** The variants that ask the same device for less. */
function varied(known: CodecFacts, variant: string | undefined): CodecFacts & Pick<EncoderFacts, "depth"> {
  // Constant QP and constant bitrate are what every driver has had from the start.
  if (variant === "less memory") return { ...known, bframes: false, depth: 1 };
  if (variant === "plain") return { ...known, bframes: false, modes: ["CQP", "CBR"] };
  return variant === "low power" || variant === "normal power"
    ? { ...known, lowPower: variant === "low power" }
    : known;
}
