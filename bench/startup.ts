import { join } from "node:path";
import { execa } from "execa";

export interface Startup {
  readonly name: string;
  /** One of each round. */
  readonly secs: readonly number[];
}

export interface StartupOptions {
  readonly rounds?: number;
  /** The folder of an installed package, to be timed beside this checkout. */
  readonly installed?: string;
}

/** Times whole processes, one of each in turn, so that a noisy moment falls on all of them. */
export async function timeStartup(
  root: string,
  { rounds = 9, installed }: StartupOptions = {},
): Promise<readonly Startup[]> {
  const demo = join(root, "pipelines", "demo.yaml");
  const start = (bin: string, prefix = "") => ({
    [`${prefix}version`]: [bin, "--version"],
    [`${prefix}validate`]: [bin, "validate", demo],
    [`${prefix}plan`]: [bin, "plan", demo],
  });
  const commands: Readonly<Record<string, readonly string[]>> = {
    "empty tsx": ["--import", "tsx", "-e", "0"],
    ...start(join(root, "bin", "vendue.mjs")),
    "empty node": ["-e", "0"],
    ...(installed !== undefined && start(join(installed, "bin", "vendue.mjs"), "installed ")),
  };
  const samples = new Map(Object.keys(commands).map((name) => [name, [] as number[]]));
  for (let round = 0; round <= rounds; round += 1)
    for (const [name, args] of Object.entries(commands)) {
      const begun = performance.now();
      await execa(process.execPath, args, { cwd: root, stdout: "ignore", stderr: "ignore" });
      // The first round fills the caches.
      if (round > 0) samples.get(name)?.push((performance.now() - begun) / 1000);
    }
  return [...samples].map(([name, secs]) => ({ name, secs }));
}
