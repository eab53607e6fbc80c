import type { Failure } from "../ffmpeg/mod.ts";
import { limitsFor } from "../media/mod.ts";
import type { RenderJob } from "../types.ts";
import type { Desk } from "./desk.ts";

/**
 * A failure that could be the source's fault or the encoder's is decided by decoding two seconds of every source on
 * the CPU. A broken source must not put a device under suspicion, nor waste every other backend's time.
 */
export async function judge(failure: Failure, { sources }: RenderJob, { host, signal }: Desk): Promise<Failure> {
  for (const path of sources) {
    const args = [
      "-hide_banner",
      "-nostdin",
      "-v",
      "error",
      "-xerror",
      ...limitsFor(path),
      "-i",
      `file:${path}`,
      "-t",
      "2",
      "-map",
      "0:v:0?",
      "-map",
      "0:a:0?",
      "-f",
      "null",
      "-",
    ];
    const { exitCode, why, stderr } = await host.spawn({ program: host.tools.ffmpeg, args, signal, limitSec: 60 });
    if (why === "exited" && exitCode !== 0) {
      const line = stderr.split("\n").find((one) => one.trim() !== "") ?? failure.line;
      return {
        code: "INPUT_CORRUPT",
        retry: "never",
        line: `${path}: ${line}`,
        rule: "judged",
        hint: "the source cannot be decoded on the CPU either; copy or export it again",
      };
    }
  }
  return failure;
}
