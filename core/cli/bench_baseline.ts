import { VendueError } from "../errors.ts";
import { writeWhole } from "../host/mod.ts";
import { openHost } from "../mod.ts";
import { formatGrid } from "../plan/mod.ts";
import { readBaseline, readHistory, readResult } from "./bench_files.ts";
import type { Desk } from "./main.ts";

export interface BaselineFlags {
  readonly reason?: string;
  readonly baseline?: string;
  readonly history?: string;
  readonly backend?: string;
  readonly json?: boolean;
}

/** `accept` a run with a reason, `ratchet` what the history has won, or `show` what holds. */
export async function benchBaseline(
  action: string,
  given: string | undefined,
  flags: BaselineFlags,
  desk: Desk,
): Promise<void> {
  if (action === "accept") return acceptRun(given, flags, desk);
  if (action === "ratchet" && given === undefined) return ratchetDown(flags, desk);
  if (action === "show" && given === undefined) return show(flags, desk);
  throw new VendueError("USAGE", `vendue bench baseline ${[action, given].join(" ").trim()} is not a command`, {
    hint: "vendue bench baseline accept [RESULT] --reason TEXT, show, or ratchet",
  });
}

async function acceptRun(given: string | undefined, { reason = "", ...flags }: BaselineFlags, { output }: Desk) {
  const { accept, formatBaseline, keep } = await import("../../bench/baseline/mod.ts");
  const { isMeasured } = await import("../../bench/types.ts");
  if (reason.trim() === "")
    throw new VendueError("USAGE", "A baseline moves only for a reason", { hint: 'say it: --reason "x265 4.1"' });
  const result = await readResult(given, await openHost(process.cwd()));
  if (result.run.quick)
    throw new VendueError("USAGE", `${result.run.id} was a quick run, which is no baseline`, {
      hint: "measure in full first: vendue bench run",
    });
  const { file, baseline } = await readBaseline(flags.baseline);
  const wanted = result.cases.filter(({ backend }) => flags.backend === undefined || backend === flags.backend);
  const kept = wanted.flatMap((one) => {
    const found = keep(result, one);
    if (isMeasured(found)) return [found];
    output.note(`left out  ${one.id}  ${found.notMeasured}`);
    return [];
  });
  if (kept.length === 0)
    throw new VendueError("USAGE", `${result.run.id} has nothing to accept`, {
      hint: "see why above, or name another result",
    });
  const { startedAt: at, id: run, commit } = result.run;
  await writeWhole(file, formatBaseline(accept(baseline, kept, { at, reason, run, commit })));
  output.result(`${kept.length} accepted into ${file}: ${reason}`);
}

async function ratchetDown(flags: BaselineFlags, { output }: Desk): Promise<void> {
  const { formatBaseline, ratchet } = await import("../../bench/baseline/mod.ts");
  const { file, baseline } = await readBaseline(flags.baseline);
  const { lines } = await readHistory(flags.history);
  const next = ratchet(baseline, lines, { at: new Date().toISOString() });
  if (next.moved.length > 0) await writeWhole(file, formatBaseline(next.baseline));
  for (const { key } of next.moved) output.result(`lowered  ${key.case}`);
  if (next.moved.length === 0) output.result("nothing has been faster for ten runs in a row");
}

async function show({ baseline: given, json = false }: BaselineFlags, { output }: Desk): Promise<void> {
  const { isMeasured } = await import("../../bench/types.ts");
  const { file, baseline } = await readBaseline(given);
  if (json) return output.result(JSON.stringify(baseline));
  if (baseline.entries.length === 0) return output.result(`${file} has nothing accepted yet`);
  output.result(
    formatGrid([
      ["case", "CPU / calibration", "min", "max", "bytes", "VMAF", "since", "reason"],
      ...baseline.entries.map(({ key, relativeCpu, bytes, vmaf, accepted }) => [
        key.case,
        ...(isMeasured(relativeCpu)
          ? [relativeCpu.p50, relativeCpu.min, relativeCpu.max].map((value) => value.toFixed(3))
          : ["-", "-", "-"]),
        String(bytes),
        isMeasured(vmaf) ? vmaf.toFixed(2) : "-",
        accepted.at.slice(0, 10),
        accepted.reason,
      ]),
    ]),
  );
}
