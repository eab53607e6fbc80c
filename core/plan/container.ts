import type { InputSpec } from "../ffmpeg/mod.ts";
import type { AuxFile, Container } from "../types.ts";
import type { Outlet } from "./lower.ts";
import type { Target } from "./outputs.ts";
import type { StreamInput } from "./streams.ts";
import type { Burn } from "./subtitles.ts";

/** Covers, fonts and bitmaps come from the source by an input of their own; text, tags and chapters from files that core writes. */
export function streamArgs({ streams, target }: Outlet, inputs: InputSpec[], files: AuxFile[]): readonly string[] {
  const args: string[] = [...streams.args];
  const opened = new Map<string, number>();
  for (const { from, args: maps } of streams.inputs) {
    const index = (from.kind === "source" ? opened.get(from.path) : undefined) ?? inputs.push(inputOf(from)) - 1;
    if (from.kind === "source") opened.set(from.path, index);
    args.push(...maps.map((arg) => arg.replace("{input}", String(index))));
  }

  function inputOf(from: StreamInput["from"]): InputSpec {
    if (from.kind === "source") return { path: from.path };
    const path = `${target.part}.${files.length}.${from.format}`;
    files.push({ path, text: from.text });
    return { path, args: ["-f", from.format], trusted: true };
  }
  if (streams.metadata === undefined) return [...args, "-map_metadata", "-1", "-map_chapters", "-1"];
  const path = `${target.part}.meta`;
  files.push({ path, text: streams.metadata });
  const index = inputs.push({ path, args: ["-f", "ffmetadata"], trusted: true }) - 1;
  return [...args, "-map_metadata", String(index), "-map_chapters", String(index)];
}

/** The text that a filter draws into the picture. */
export function burnFile({ part }: Target, { format, text }: Burn): AuxFile {
  return { path: `${part}.burn.${format}`, text };
}

/** Where each container keeps who encoded it: QuickTime in a comment, a transport stream as its provider. */
const stampKeys: Readonly<Record<Container, string>> = {
  mp4: "encoding_tool",
  mkv: "VENDUE",
  webm: "VENDUE",
  mov: "comment",
  ts: "service_provider",
};

/** What the source says under the same name is worth more. */
export function stampArgs({ render, streams }: Outlet, stamp: string | undefined): readonly string[] {
  const { container, metadata } = render.rendition;
  const key = stampKeys[container];
  const isTaken = streams.metadata !== undefined && new RegExp(`^${key}=`, "im").test(streams.metadata);
  return stamp === undefined || isTaken || metadata === "drop" ? [] : ["-metadata", `${key}=${stamp}`];
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
