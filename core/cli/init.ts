import { dirname, relative, resolve } from "node:path";
import { VendueError } from "../errors.ts";
import { identify, writeWhole } from "../host/mod.ts";
import { compare, toNumber } from "../media/mod.ts";
import { openHost } from "../mod.ts";
import type { MediaInfo } from "../types.ts";
import type { Desk } from "./main.ts";

/** Writes a pipeline that can be run as it is, with a comment at every choice. */
export async function init(
  file: string,
  { from, force = false }: { readonly from?: string; readonly force?: boolean },
  { output, signal }: Desk,
): Promise<void> {
  const path = resolve(file);
  if (!force && (await identify(path)) !== undefined)
    throw new VendueError("USAGE", `${path} is there already`, {
      hint: "choose another name, or replace it with --force",
    });
  const info = from === undefined ? undefined : await (await openHost(process.cwd())).readMedia(resolve(from), signal);
  await writeWhole(path, draft(path, info));
  output.note(`wrote ${path}; next: vendue plan ${relative(process.cwd(), path)}`);
}

const schemaAddress = "node_modules/vendue/core/pipeline/pipeline.schema.json";

function draft(path: string, info: MediaInfo | undefined): string {
  const input = info ? relative(dirname(path), info.path) : "media/*.mp4";
  const video = info?.video;
  const height = Math.min(video ? uprightHeight(video) : 720, 1080);
  const fps = video && compare(video.fps, { num: 30, den: 1 }) > 0 ? 30 : undefined;
  const lines = [
    `# yaml-language-server: $schema=${schemaAddress}`,
    "version: 1",
    "accel: preferred                 # required fails without a GPU, off never touches it",
    "prefer: balanced                 # speed | balanced | quality",
    "inputs:",
    `  clip: ${quote(input)}${info ? `   # ${describe(info)}` : "          # a glob stands for a list"}`,
    "stages:",
    ...(info === undefined || info.audio.length > 0
      ? [
          "  - id: level",
          "    normalize:",
          "      loudness: streaming          # -14 LUFS; podcast, broadcast and off are known too",
          "      audio: { channels: stereo }",
        ]
      : []),
    "  # - id: best                   # ranges to keep, frame-exact",
    '  #   cut: { keep: ["0:00-0:10"] }',
    "  - id: web",
    "    export:",
    "      output: out/${input}.mp4     # one file for every clip",
    `      video: { codec: h264, quality: 70, size: ${Math.round((height * 16) / 9 / 2) * 2}x${height}${fps ? `, max_fps: ${fps}` : ""} }   # never enlarged`,
    "      audio: { codec: aac, bitrate: 128k }",
    "",
  ];
  return lines.join("\n");
}

function uprightHeight({ width, height, rotation }: NonNullable<MediaInfo["video"]>): number {
  return rotation % 180 === 0 ? height : width;
}

function describe({ durationSec, video, audio }: MediaInfo): string {
  const picture = video
    ? `${video.width}x${video.height} ${Math.round(toNumber(video.fps) * 100) / 100} fps ${video.codec}`
    : "no picture";
  return `${durationSec.toFixed(1)} s, ${picture}, ${audio.length} audio track${audio.length === 1 ? "" : "s"}`;
}

/** Double quotes hold every file name YAML could misread. */
function quote(text: string): string {
  return /^[\w./*-]+$/.test(text) ? text : JSON.stringify(text);
}
