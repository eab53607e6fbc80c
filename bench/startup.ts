import { join } from "node:path";
import { execa } from "execa";

export interface Startup {
  readonly name: string;
  readonly medianSec: number;
  readonly minSec: number;
}

/** Times whole processes, one of each in turn, so that a noisy moment falls on all of them. */
export async function timeStartup(
  root: string,
  { rounds = 9 }: { readonly rounds?: number } = {},
): Promise<readonly Startup[]> {
  const bin = join(root, "bin", "vendue.mjs");
  const demo = join(root, "pipelines", "demo.yaml");
  const commands: Readonly<Record<string, readonly string[]>> = {
    "empty tsx": ["--import", "tsx", "-e", "0"],
    version: [bin, "--version"],
    validate: [bin, "validate", demo],
    plan: [bin, "plan", demo],
  };
  const samples = new Map(Object.keys(commands).map((name) => [name, [] as number[]]));
  for (let round = 0; round <= rounds; round += 1)
    for (const [name, args] of Object.entries(commands)) {
      const begun = performance.now();
      await execa(process.execPath, args, { cwd: root, stdout: "ignore", stderr: "ignore" });
      // The first round fills the caches.
      if (round > 0) samples.get(name)?.push((performance.now() - begun) / 1000);
    }
  return [...samples].map(([name, all]) => {
    const sorted = all.toSorted((a, b) => a - b);
    return { name, medianSec: sorted[sorted.length >> 1] ?? 0, minSec: sorted[0] ?? 0 };
  });
}
