import type { InputSpec } from "../ffmpeg/mod.ts";
import type { AuxFile, Container, Rendition } from "../types.ts";
import type { Outlet } from "./lower.ts";

/** Subtitles and cover come from the source by its own input; tags and chapters from a file that core writes. */
export function streamArgs({ streams, target }: Outlet, inputs: InputSpec[], files: AuxFile[]): readonly string[] {
  const args: string[] = [];
  if (streams.source !== undefined) {
    const index = inputs.push({ path: streams.source }) - 1;
    args.push(...streams.args.map((arg) => arg.replace("{input}", String(index))));
  }
  if (streams.metadata === undefined) return [...args, "-map_metadata", "-1", "-map_chapters", "-1"];
  const path = `${target.part}.meta`;
  files.push({ path, text: streams.metadata });
  const index = inputs.push({ path, args: ["-f", "ffmetadata"], trusted: true }) - 1;
  return [...args, "-map_metadata", String(index), "-map_chapters", String(index)];
}

/** Who encoded it, in the tag that each container keeps; mov and ts keep none. */
export function stampArgs({ container, metadata }: Rendition, stamp: string | undefined): readonly string[] {
  const key = { mp4: "encoding_tool", mkv: "VENDUE", webm: "VENDUE", mov: undefined, ts: undefined }[container];
  return stamp === undefined || key === undefined || metadata === "drop" ? [] : ["-metadata", `${key}=${stamp}`];
}

const muxers: Readonly<Record<Container, string>> = {
  mp4: "mp4",
  mov: "mov",
  mkv: "matroska",
  webm: "webm",
  ts: "mpegts",
};

export function containerArgs({
  container,
  fastStart,
}: {
  readonly container: Container;
  readonly fastStart: boolean;
}): readonly string[] {
  const isMov = container === "mp4" || container === "mov";
  return ["-f", muxers[container], ...(isMov && fastStart ? ["-movflags", "+faststart"] : [])];
}
