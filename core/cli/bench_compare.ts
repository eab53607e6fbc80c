import type { CompareWish } from "../../bench/session/mod.ts";
import { VendueError } from "../errors.ts";
import { type BenchFlags, keepResult, withBench } from "./bench_run.ts";
import { exits } from "./exit.ts";
import type { Desk } from "./main.ts";

type CompareFlags = BenchFlags & Omit<CompareWish, "base" | "head">;

/** Two commits side by side, in one run on one machine: the comparison that a pull request can be held to. */
export async function benchCompare(
  range: string,
  { json = false, use, ...wish }: CompareFlags,
  desk: Desk,
): Promise<void> {
  const { compareBench } = await import("../../bench/session/mod.ts");
  const { gate } = await import("../../bench/gate/mod.ts");
  const { emptyBaseline } = await import("../../bench/baseline/mod.ts");
  const { renderJson, renderText } = await import("../../bench/report/mod.ts");
  await withBench({ ...(use && { use }) }, desk, async ({ bench, host }) => {
    const result = await compareBench({ ...wish, ...sidesOf(range) }, bench);
    await keepResult(result, host);
    const decision = gate(result, { baseline: emptyBaseline, budgets: [] });
    desk.output.result((json ? renderJson : renderText)({ result, decision, drifts: [] }));
    if (!decision.passed) process.exitCode = exits.gate;
  });
}

function sidesOf(range: string): { readonly base: string; readonly head: string } {
  const [, base, head] = /^(.+?)\.\.\.?(.*)$/.exec(range) ?? [];
  if (base === undefined)
    throw new VendueError("USAGE", `${range} names no two commits`, { hint: "write: vendue bench compare main..HEAD" });
  return { base, head: head || "HEAD" };
}
