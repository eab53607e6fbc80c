import { buildCommand, inSoftware, renderGraph } from "../ffmpeg/mod.ts";
import { toNumber } from "../media/mod.ts";
import type { Command, Media, PictureIndex, Survey, VideoInfo } from "../types.ts";
import { drawPicture } from "./branches.ts";
import { newCanvas } from "./canvas.ts";
import type { Stretch } from "./takes.ts";

/** Quality that nobody tells from the source, for the few frames at the edges: their time counts, their bytes do not. */
const edge = ["-preset", "veryfast", "-crf", "16"];

const encoders: Readonly<Partial<Record<string, { readonly name: string; readonly profiles: RegExp }>>> = {
  h264: { name: "libx264", profiles: /^(constrained baseline|baseline|main|high|high 10|high 4:2:2)$/i },
  hevc: { name: "libx265", profiles: /^(main|main 10)$/i },
};

/** Why nobody here can encode edges that fit these packets. */
export function edgeEncoder(
  { codec, profile, pixelFormat }: VideoInfo,
  { reorder }: PictureIndex,
  { ffmpeg }: Survey,
): string | undefined {
  const encoder = encoders[codec];
  if (encoder === undefined) return `edges are only encoded to h264 and hevc, not to ${codec}`;
  if (!ffmpeg.encoders.includes(encoder.name)) return `this ffmpeg has no ${encoder.name} for the edges`;
  if (profile !== undefined && !encoder.profiles.test(profile))
    return `${encoder.name} does not make the profile ${profile} of the source`;
  if (!/^yuv(j?420p|422p|420p10le|422p10le)$/.test(pixelFormat)) return `the edges cannot be made in ${pixelFormat}`;
  if (reorder > 2)
    return `the source shows frames up to ${reorder} places later than it holds them, and edges at most 2`;
  return undefined;
}

export interface EdgeOptions {
  readonly media: Media;
  readonly path: string;
  readonly muxing: readonly string[];
}

/** One edge: the frames that an encode of the range would show there, by an encoder that fits the rest. */
export function edgeCommand({ take, first, past }: Stretch, { media, path, muxing }: EdgeOptions): Command {
  const { video, index, clip } = take;
  const fps = toNumber(video.fps);
  const frames = past - first;
  const at = (picture: number) => Math.max(0, index.firstSec + picture / fps);
  const { primaries, transfer, matrix, range } = video.color;
  const tags = {
    ...(range && { range }),
    ...(primaries && { color_primaries: primaries }),
    ...(transfer && { color_trc: transfer }),
    ...(matrix && { colorspace: matrix }),
  };
  const filters = [
    ...inSoftware({ kind: "frames", rate: video.fps, count: frames }),
    ...inSoftware({ kind: "format", pixelFormat: video.pixelFormat }),
    { name: "setparams", args: tags, on: "any" },
  ];
  const canvas = newCanvas(media, { picture: true, picks: [] });
  const segment = { ...clip, inSec: at(first), outSec: at(past) };
  const slot = { segment, frames, samples: 0, slipSec: 0 };
  const pad = drawPicture(canvas, [slot], { rate: video.fps, filters: () => filters });
  return buildCommand({
    inputs: canvas.inputs.map((input) => ({ ...input, args: ["-noautorotate"] })),
    graph: renderGraph(canvas.chains),
    outputs: [{ args: ["-map", `[${pad}]`, ...encodeArgs(video, index), "-fps_mode", "passthrough", ...muxing], path }],
    mediaSec: frames / fps,
    expectSec: 0.2 + (frames * video.width * video.height) / 30e6,
  });
}

/** The same profile, and frames reordered no further than the source's own, so that decoders need not adjust. */
function encodeArgs({ codec, profile = "" }: VideoInfo, { reorder }: PictureIndex): readonly string[] {
  const name = profile.toLowerCase();
  if (codec === "hevc") {
    const order = [":bframes=0", ":b-pyramid=0", ""][reorder] ?? "";
    return [
      ...["-c:v", "libx265", ...edge, "-profile:v", name === "main 10" ? "main10" : "main"],
      ...["-x265-params", `log-level=error:open-gop=0:repeat-headers=1${order}`],
    ];
  }
  const profiles: Readonly<Record<string, string>> = {
    "constrained baseline": "baseline",
    "high 10": "high10",
    "high 4:2:2": "high422",
  };
  const order =
    [
      ["-bf", "0"],
      ["-bf", "2", "-b-pyramid", "none"],
      ["-bf", "3", "-b-pyramid", "normal"],
    ][reorder] ?? [];
  return ["-c:v", "libx264", ...edge, ...(name ? ["-profile:v", profiles[name] ?? name] : []), ...order];
}
