import { exports, fields } from "./schema_export.ts";
import { body, described, exclusive, flag, object, oneOrMany, type Schema, text, unit, word } from "./schema_parts.ts";

const ref: Schema = text("The name of an input or a stage, or stage.clip for one clip of several", {
  pattern: String.raw`^[A-Za-z][A-Za-z0-9_-]*(\..+)?$|\$\{`,
  errorMessage: "write the name of an input or a stage, or stage.clip",
});

/** Every kind but export: what it reads, and where it may write to. */
function step(properties: Schema): Schema {
  return body(
    { ...reads, ...properties, output: text("Renders right here: an export with its defaults, quality 80") },
    exclusive("input", "inputs"),
  );
}

const reads: Schema = {
  input: described(ref, "What it reads. Left out: the stage before it, or every input for the first stage."),
  inputs: {
    type: "array",
    items: ref,
    minItems: 1,
    description: "What it reads, in order. Left out: the stage before it, or every input for the first stage.",
    errorMessage: "write a list such as [intro, talk]",
  },
};

const loudness: Schema = {
  anyOf: [
    word(
      ["streaming", "podcast", "broadcast", "off"],
      "-14, -16 or -23 LUFS with a true peak of -1 dBTP, or left as it is",
    ),
    object(
      {
        target: unit("lufs", "Integrated loudness, EBU R128"),
        true_peak: unit("peak", "Left out: -1 dBTP"),
        limiter: flag("Holds peaks down where the target needs it. Left out: false, the level stays below the target"),
      },
      { required: ["target"] },
    ),
  ],
  description: "Loudness by EBU R128: a preset, or { target, true_peak, limiter }.",
  errorMessage: "write streaming, podcast, broadcast, off, or { target: -16 LUFS, true_peak: -1.5 dBTP }",
};

const normalize: Schema = step({
  loudness,
  video: body({
    size: unit("size", "Picture size, such as 1920x1080"),
    fit: fields.fit,
    fps: unit("fps", "Frame rate: a number, source, or max 30"),
    vfr: word(["constant", "keep"], "What becomes of a varying frame rate; keep needs fps: source. Left out: constant"),
    pixel_format: fields.pixelFormat,
    deinterlace: word(["auto", "on", "off"], "Left out: auto"),
    hdr: fields.hdr,
  }),
  audio: body({ sample_rate: fields.sampleRate, channels: fields.channels }),
});

const silence: Schema = {
  anyOf: [
    { type: "boolean" },
    object({
      threshold: unit("decibels", "What counts as silent. Left out: -40 dB"),
      least: unit("seconds", "Shorter silences stay. Left out: 0.5"),
      padding: unit("seconds", "Kept on each side of a silence. Left out: 0.1"),
    }),
  ],
  description: "Takes silence out.",
  errorMessage: "write true, or { threshold: -40 dB, least: 0.5, padding: 0.1 }",
};

const ranges = oneOrMany(unit("range", "From - to"), { minItems: 1 });

const cut: Schema = step({
  keep: described(ranges, "What stays, in this order."),
  remove: described(ranges, "What goes, out of what is kept."),
  silence,
  accuracy: word(["exact", "keyframe"], "To the frame, or to the keyframe before it. Left out: exact"),
});

const concat: Schema = step({ crossfade: unit("seconds", "Length of the blend at every join. Left out: 0") });

const kinds: Schema = {
  normalize: described(normalize, "Brings clips to one loudness, size, rate and format."),
  cut: described(cut, "Keeps and removes ranges."),
  concat: described(concat, "Joins clips in order."),
  export: described(body({ ...reads, ...exports }, exclusive("input", "inputs")), "Writes files."),
};

export const stage: Schema = {
  ...object({
    id: text("What other stages call it. Left out: its kind", {
      pattern: "^[A-Za-z][A-Za-z0-9_-]*$",
      errorMessage: "start an id with a letter and go on with letters, digits, _ or -",
    }),
    ...kinds,
  }),
  oneOf: Object.keys(kinds).map((kind) => ({ required: [kind] })),
  errorMessage: "write one of normalize, cut, concat or export, such as - cut: { keep: 0:10-1:20 }",
};
