import { spawn } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";

/** What one side of a comparison took. */
export interface Took {
  readonly wallSec: number;
  readonly cpuSec: number;
  /** The most that the process and all below it held at one moment. */
  readonly peakBytes: number;
}

interface WatchOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** A shell around the program keeps account of it and of everything that it waited for. */
export async function watched(
  program: string,
  args: readonly string[],
  { cwd, env, signal }: WatchOptions,
): Promise<Took> {
  const begun = performance.now();
  const shell = ["-c", '"$@"; code=$?; times >&2; exit $code', "sh", program, ...args];
  const child = spawn("/bin/sh", shell, {
    cwd,
    env: { ...process.env, ...env },
    signal,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let told = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (told = (told + text).slice(-20_000)));
  let peakBytes = 0;
  const timer = setInterval(
    () => void treeBytes(child.pid ?? 0).then((bytes) => (peakBytes = Math.max(peakBytes, bytes))),
    200,
  );
  const code = await new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve));
  clearInterval(timer);
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${told.trim().split("\n").slice(-6).join("\n")}`);
  const times = [...told.matchAll(/(\d+)m([\d.]+)s/g)].slice(-4);
  const cpuSec = times.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0);
  return { wallSec: (performance.now() - begun) / 1000, cpuSec, peakBytes };
}

/** Resident memory of a process and all below it; zero where the system does not tell. */
async function treeBytes(root: number): Promise<number> {
  const names = await readdir("/proc").catch(() => [] as string[]);
  const rows = await Promise.all(
    names
      .filter((name) => /^\d+$/.test(name))
      .map(async (name) => {
        const text = await readFile(`/proc/${name}/stat`, "utf8").catch(() => "");
        const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
        return { pid: Number(name), parent: Number(fields[1]), bytes: Number(fields[21] ?? 0) * 4096 };
      }),
  );
  const inside = new Set([root]);
  for (let grown = -1; grown !== inside.size;) {
    grown = inside.size;
    for (const { pid, parent } of rows) if (inside.has(parent)) inside.add(pid);
  }
  return rows.filter(({ pid }) => inside.has(pid)).reduce((sum, { bytes }) => sum + (bytes || 0), 0);
}
