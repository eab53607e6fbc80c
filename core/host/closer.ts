import { mirrorArgs, readMirrored } from "../media/mod.ts";
import type { MediaInfo } from "../types.ts";

/** Runs ffmpeg and answers what it printed. */
export type Ask = (args: readonly string[]) => Promise<{ readonly stdout: string; readonly stderr: string }>;

/** A second look at what a file's header does not tell, or not to every program. */
export async function lookCloser(info: MediaInfo, header: string, ask: Ask): Promise<MediaInfo> {
  const { video } = info;
  if (video === undefined) return info;
  return header.includes("displaymatrix: rotation") ? readMirrored((await ask(mirrorArgs(info))).stdout, info) : info;
}
