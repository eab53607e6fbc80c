import type { Host } from "../host/mod.ts";
import { type LoudnessReading, readLoudness } from "./gain.ts";

/** The loudness of the first audio track of a file, as it decodes. */
export async function weigh(
  path: string,
  { host, signal }: { readonly host: Host; readonly signal?: AbortSignal | undefined },
): Promise<LoudnessReading | undefined> {
  const args = [
    ...["-hide_banner", "-nostdin", "-v", "level+info", "-nostats", "-vn", "-i", `file:${path}`],
    ...["-map", "0:a:0", "-af", "ebur128=peak=true:framelog=verbose", "-f", "null", "-"],
  ];
  const { stderr } = await host.spawn({
    program: host.tools.ffmpeg,
    args,
    signal,
    stallSec: host.settings.stall_sec,
    onProgress() {},
  });
  return readLoudness(stderr);
}
