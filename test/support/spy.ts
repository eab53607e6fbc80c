import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** An ffmpeg that writes down every call and then does it. */
export interface Spy {
  readonly env: Readonly<Record<string, string>>;
  /** The arguments of every process so far. */
  calls(): Promise<readonly (readonly string[])[]>;
}

export async function spyOn(ffmpeg: string, folder: string): Promise<Spy> {
  await mkdir(folder, { recursive: true });
  const [program, log] = [join(folder, "ffmpeg"), join(folder, "calls")];
  // One write for each call, so that two of them never mix; an argument may hold any character but zero.
  const script = `#!/bin/sh\n{ printf '%s\\0' "$@"; printf '\\n'; } > "${log}.$$"\ncat "${log}.$$" >> "${log}"\nrm "${log}.$$"\nexec "${ffmpeg}" "$@"\n`;
  await writeFile(program, script);
  await chmod(program, 0o755);
  return {
    env: { VENDUE_FFMPEG: program },
    async calls() {
      const text = await readFile(log, "utf8").catch(() => "");
      return text.split("\0\n").flatMap((line) => (line === "" ? [] : [line.split("\0")]));
    },
  };
}
