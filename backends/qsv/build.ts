import type { ArgParts, Task } from "vendue/backend";
import { encodeArgs, type EncoderFacts } from "./args.ts";
import { type CodecFacts, deviceFor, type Facts, least, openDevice } from "./facts.ts";
import { route } from "./filters.ts";
import { decodeOnDevice } from "./trial.ts";

export function buildArgs(task: Task, facts: Facts): ArgParts {
  const { encode, variant } = task;
  const device = deviceFor(variant, facts);
  if (device === undefined) return { filters: task.ops };
  const { decodes, steps } = route(task, device);
  const known = (encode && device.codecs[encode.codec]) ?? least;
  return {
    device: openDevice(device.id),
    ...(decodes && { decode: decodeOnDevice(variant === "less memory" ? 4 : undefined) }),
    filters: steps,
    ...(encode && {
      encode: {
        on: "qsv",
        args: encodeArgs(encode, { ...varied(known, variant), options: facts.options }),
        pixelFormat: encode.bitDepth === 10 ? "p010le" : "nv12",
      },
    }),
  };
}

/** The variants that ask the same device for less. */
function varied(known: CodecFacts, variant: string | undefined): CodecFacts & Pick<EncoderFacts, "depth"> {
  if (variant === "less memory") return { ...known, bframes: false, lookahead: false, depth: 1 };
  if (variant === "plain") return { ...known, bframes: false, quality: "CQP", lookahead: false };
  return variant === "low power" || variant === "normal power"
    ? { ...known, lowPower: variant === "low power" }
    : known;
}
