import { dirname, relative } from "node:path";
import { compare, toNumber } from "../media/mod.ts";
import type { MediaInfo } from "../types.ts";

/** What a new pipeline should do, as far as anybody has said. */
export interface Wishes {
  readonly accel?: string;
  readonly loudness?: string;
  readonly codec?: string;
  readonly quality?: string;
  /** `1280x720`; left out: the clip's own height, at most 1080 lines. */
  readonly size?: string;
  readonly output?: string;
}

const schemaAddress = "node_modules/vendue/core/pipeline/pipeline.schema.json";

/** A pipeline that can be run as it is, with a comment at every choice; `info` is the clip it is made for. */
export function draft(path: string, info: MediaInfo | undefined, wishes: Wishes = {}): string {
  const { accel = "preferred", loudness = "streaming", codec = "h264", quality = "70" } = wishes;
  const { size = sizeOf(info), output = `out/\${input}.${codec === "vp9" ? "webm" : "mp4"}` } = wishes;
  const input = info ? relative(dirname(path), info.path) : "media/*.mp4";
  const isFast = info?.video !== undefined && compare(info.video.fps, { num: 30, den: 1 }) > 0;
  const fps = isFast ? ", max_fps: 30" : "";
  const hears = info === undefined || info.audio.length > 0;
  const audio = codec === "vp9" ? "{ codec: opus, bitrate: 96k }" : "{ codec: aac, bitrate: 128k }";
  const lines: readonly (readonly [line: string, why?: string])[] = [
    ["version: 1"],
    [`accel: ${accel}`, "preferred uses a GPU if it works, required fails without one, off never touches it"],
    ["prefer: balanced", "speed | balanced | quality"],
    ["inputs:"],
    [`  clip: ${quote(input)}`, info ? describe(info) : "a glob stands for a list"],
    ["stages:"],
    ...(hears && loudness !== "off"
      ? ([
          ["  - id: level"],
          ["    normalize:"],
          [
            `      loudness: ${loudness}`,
            "streaming is -14 LUFS; podcast, broadcast, a number of LUFS and off are known too",
          ],
          ["      audio: { channels: stereo }"],
        ] as const)
      : []),
    ["  # - id: best", "ranges to keep, frame-exact"],
    ['  #   cut: { keep: ["0:00-0:10"] }'],
    ["  - id: web"],
    ["    export:"],
    [`      output: ${quote(output)}`, output.includes("${input}") ? "one file for every clip" : undefined],
    ...(info && info.video === undefined
      ? []
      : ([[`      video: { codec: ${codec}, quality: ${quality}, size: ${size}${fps} }`, "never enlarged"]] as const)),
    ...(hears ? ([[`      audio: ${audio}`]] as const) : []),
  ].map(([line = "", why]) => (why === undefined ? [line] : [line, why]));
  const text = lines.map(([line, why]) => (why === undefined ? line : `${line.padEnd(32)} # ${why}`));
  return [`# yaml-language-server: $schema=${schemaAddress}`, ...text, ""].join("\n");
}

function sizeOf(info: MediaInfo | undefined): string {
  const upright = info?.video && info.video.rotation % 180 === 0 ? info.video.height : info?.video?.width;
  const height = Math.min(upright ?? 720, 1080);
  return `${Math.round((height * 16) / 9 / 2) * 2}x${height}`;
}

function describe({ durationSec, video, audio }: MediaInfo): string {
  const picture = video
    ? `${video.width}x${video.height} ${Math.round(toNumber(video.fps) * 100) / 100} fps ${video.codec}`
    : "no picture";
  return `${durationSec.toFixed(1)} s, ${picture}, ${audio.length} audio track${audio.length === 1 ? "" : "s"}`;
}

/** Double quotes hold every file name YAML could misread. */
function quote(text: string): string {
  return /^[\w./*${}-]+$/.test(text) && !text.startsWith("{") ? text : JSON.stringify(text);
}
