import { lightArgs, mirrorArgs, readLight, readMirrored } from "../media/mod.ts";
import type { MediaInfo } from "../types.ts";

/** Runs ffmpeg and answers what it printed. */
export type Ask = (args: readonly string[]) => Promise<{ readonly stdout: string; readonly stderr: string }>;

/** A second look at what a file's header does not tell, or not to every program. */
export async function lookCloser(info: MediaInfo, header: string, ask: Ask): Promise<MediaInfo> {
  if (info.video === undefined) return info;
  const upright = header.includes("displaymatrix: rotation")
    ? readMirrored((await ask(mirrorArgs(info))).stdout, info)
    : info;
  return info.video.hdr === "sdr" ? upright : addLight(upright, await ask(lightArgs(info)));
}

function addLight(info: MediaInfo, { stderr }: { readonly stderr: string }): MediaInfo {
  const light = readLight(stderr);
  return info.video && light ? { ...info, video: { ...info.video, light } } : info;
}
