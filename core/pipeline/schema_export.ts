import { AUDIO_CODECS, CODECS, CONTAINERS, EFFORTS } from "../types.ts";
import { forms } from "./forms.ts";
import { body, exclusive, flag, numeric, object, orVariable, type Schema, text, unit, word } from "./schema_parts.ts";

/** Fields that several stages share. */
export const fields = {
  fit: word(["contain", "cover", "stretch", "within"], "Bars, cropping, distortion, or as it is and never enlarged"),
  hdr: word(["preserve", "tonemap", "reject"], "What happens to HDR pictures"),
  pixelFormat: text("ffmpeg's name of a pixel format, such as yuv420p or yuv420p10le", {
    pattern: String.raw`^[a-z][a-z0-9]*$|\$\{`,
    errorMessage: "write a pixel format such as yuv420p or yuv420p10le",
  }),
  sampleRate: unit("sampleRate", "Samples a second, such as 48000"),
  channels: unit("channels", "mono, stereo, 5.1, 7.1 or a number"),
} as const;

const keep: Schema = word(["keep", "drop"], "Left out: keep");

const place: Schema = {
  output: text(
    "Where it goes: a path with ${name}, ${stage}, ${input}, ${index}, ${rendition}, ${codec}, ${height}, ${width} or ${ext}",
    {
      pattern: String.raw`\S`,
      errorMessage: "write a path such as out/${name}.mp4",
    },
  ),
  container: word(CONTAINERS, "Left out: what the output's extension says"),
  video: { $ref: "#/definitions/video" },
  audio: { $ref: "#/definitions/audio" },
};

/** What an export may say beside its inputs. */
export const exports: Schema = {
  ...place,
  proxy: flag(
    "A small file to edit with, made beside everything else at low priority: 960x540, keyframes every half second, the fastest effort, where nothing else is said",
  ),
  fast_start: flag("Puts the index first, so that players start at once. Left out: true for mp4 and mov"),
  subtitles: word(["keep", "drop", "burn"], "burn draws the default track into the picture. Left out: keep"),
  chapters: keep,
  metadata: keep,
  cover: keep,
  attachments: word(
    ["fonts", "keep", "drop"],
    "Files inside the file, in mkv. Left out: fonts, those that subtitles are set in",
  ),
  location: word(["keep", "drop"], "Tags that tell where and with which device it was filmed. Left out: drop"),
  renditions: {
    type: "array",
    minItems: 1,
    items: object(
      {
        name: text("What this rendition is called; ${rendition} in templates", {
          pattern: String.raw`^[A-Za-z0-9][A-Za-z0-9._-]*$`,
          errorMessage: "write a name of letters, digits, dots, _ or -",
        }),
        ...place,
      },
      {
        required: ["name"],
        errorMessage: "write a map with a name, such as { name: 720p, video: { size: 1280x720 } }",
      },
    ),
    description: "Several files from one decode; each is merged over the video and audio above.",
    errorMessage: "write a list such as [{ name: 720p, video: { size: 1280x720 } }]",
  },
};

/** Exactly one of quality, crf, bitrate and target_size says how many bits are spent. */
export const video: Schema = {
  anyOf: [
    { enum: ["none"] },
    body(
      {
        codec: word([...CODECS, "copy"], "Left out: h264, or vp9 for webm. copy keeps the source's own bits"),
        quality: numeric(0, 100, "0 is worst, 100 visually lossless, alike on every encoder. Left out: 70"),
        crf: numeric(0, 63, "The encoder's own constant rate factor"),
        bitrate: unit("bitrate", "Average bitrate, such as 5M"),
        maxrate: unit("bitrate", "Peak bitrate; only with bitrate"),
        bufsize: unit("bitrate", "How many bits the peak is measured over; only with bitrate"),
        two_pass: flag("Looks at everything first; only with bitrate"),
        target_size: unit("bytes", "How large the file may be, such as 25MB"),
        effort: word(EFFORTS, "From most speed to most care. Left out: balanced"),
        profile: {
          type: ["string", "integer"],
          pattern: String.raw`\S`,
          description: "The codec's profile, such as high or main10",
          errorMessage: "write a profile such as high or main10",
        },
        gop: unit("moment", "Time or frames between keyframes. Left out: 2 s"),
        size: {
          type: "string",
          pattern: orVariable(`${forms.size.pattern}|${forms.bytes.pattern}`),
          description: "Picture size such as 1280x720. An amount such as 25MB is read as target_size",
          errorMessage: "write a picture size such as 1280x720, or an amount such as 25MB",
        },
        fit: fields.fit,
        max_fps: unit("rate", "Faster sources are slowed to this, slower ones stay"),
        pixel_format: fields.pixelFormat,
        hdr: fields.hdr,
      },
      exclusive("quality", "crf", "bitrate", "target_size"),
    ),
  ],
  description: "The picture, or none.",
  errorMessage: "write none, or a map such as { codec: h264, quality: 70 }",
};

export const audio: Schema = {
  anyOf: [
    { enum: ["none"] },
    body({
      codec: word([...AUDIO_CODECS, "copy"], "Left out: aac, or opus for webm"),
      bitrate: unit("bitrate", "Such as 128k"),
      tracks: {
        anyOf: [
          { enum: ["first", "all", "mix"] },
          { type: "array", minItems: 1, items: unit("track", "A language, a role, or both: eng commentary") },
        ],
        description:
          "first is the one that plays by default, all keeps every track, mix makes one of them, a list chooses by language and role. Left out: first",
        errorMessage: "write first, all, mix, or a list of languages and roles such as [eng, deu, eng commentary]",
      },
      sample_rate: fields.sampleRate,
      channels: fields.channels,
    }),
  ],
  description: "The sound, or none.",
  errorMessage: "write none, or a map such as { codec: aac, bitrate: 128k }",
};
