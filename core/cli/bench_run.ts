import { join } from "node:path";
import type { BenchDesk, RunWish } from "../../bench/session/mod.ts";
import type { BenchResult } from "../../bench/types.ts";
import { type Host, writeJson } from "../host/mod.ts";
import { benchDisplay } from "./bench_live.ts";
import { withRig } from "./bench_rig.ts";
import { benchTable } from "./bench_table.ts";
import type { Desk } from "./main.ts";

export interface BenchFlags {
  /** Backends beside the built-in ones: ./mine/mod.ts, npm:name. */
  readonly use?: readonly string[];
  readonly json?: boolean;
}

/** Opens everything a session works with, and closes it however it ends. */
export async function withBench<Answer>(
  { use = [] }: BenchFlags,
  desk: Desk,
  act: (opened: { readonly bench: BenchDesk; readonly host: Host }) => Promise<Answer>,
): Promise<Answer> {
  const { openDesk } = await import("../../bench/session/mod.ts");
  const display = benchDisplay(desk);
  return withRig(desk, async ({ rig, host }) => {
    const strangers = use.map((specifier) => ({ specifier, options: {}, allow: { read: [], env: [], run: [] } }));
    const bench = await openDesk(rig, { strangers, base: process.cwd(), tell: display.tell });
    try {
      return await act({ bench, host });
    } finally {
      display.end();
    }
  });
}

export type RunFlags = BenchFlags & RunWish;

export async function benchRun({ json = false, use, ...wish }: RunFlags, desk: Desk): Promise<void> {
  const { runBench } = await import("../../bench/session/mod.ts");
  await withBench({ ...(use && { use }) }, desk, async ({ bench, host }) => {
    const result = await runBench(wish, bench);
    await keepResult(result, host);
    desk.output.result(json ? JSON.stringify(result) : await benchTable(result));
  });
}

/** Where `gate`, `baseline`, `history` and `report` find it again. */
export async function keepResult(result: BenchResult, { settings }: Host): Promise<void> {
  const folder = join(settings.state_dir, "bench");
  await writeJson(join(folder, "runs", `${result.run.id}.json`), result);
  await writeJson(join(folder, "last.json"), { run: result.run.id });
}
