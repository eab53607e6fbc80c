/** An account with something of everything in it, partly recorded and partly made by hand. */
import { readFileSync } from "node:fs";
import { accept, drifts, emptyBaseline, linesOf } from "../../../bench/baseline/mod.ts";
import { gate, parseBudgets } from "../../../bench/gate/mod.ts";
import type { Account } from "../../../bench/report/mod.ts";
import { randomFrom } from "../../../bench/stats/mod.ts";
import { type Curve, isMeasured } from "../../../bench/types.ts";
import { makeCase, makeResult, makeScores } from "../results.ts";

interface Row {
  readonly clip: string;
  readonly encoder: string;
  readonly knob: number;
  readonly kbps: number;
  readonly vmaf: number;
  readonly cpuSec: number;
  readonly wallSec: number;
}

const rows = readFileSync(new URL("../samples/curves.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Row);

export const curves: readonly Curve[] = ["talk", "sport"].flatMap((clip) =>
  [...new Set(rows.map(({ encoder }) => encoder))].map((encoder) => ({
    backend: "cpu",
    encoder: encoder === "x264-medium" ? "libx264" : encoder,
    effort: "balanced",
    clip,
    metric: "vmaf_v0.6.1",
    points: rows
      .filter((row) => row.clip === clip && row.encoder === encoder)
      .map(({ knob, kbps, vmaf, cpuSec, wallSec }) => ({ knob, kbps, quality: vmaf, cpuSec, wallSec })),
  })),
);

const cpu = makeCase({ rounds: 14, ratio: 1.12 });
const frames = cpu.scores;
const perFrame = isMeasured(frames) && isMeasured(frames.perFrame) ? frames.perFrame : [];
const gpu = makeCase({
  ...{ backend: "nvenc", encoder: "h264_nvenc", cpuSec: 0.1, seed: 8, reference: cpu.id, sides: ["candidate"] },
  scores: makeScores({
    mean: 88.5,
    collapsed: 2,
    perFrame: perFrame.map((score, nth) => (nth === 40 || nth === 41 ? 20 : score - 1.5)),
  }),
});
const lost = {
  ...makeCase({ backend: "vaapi", clip: "dark" }),
  samples: [],
  failures: [{ side: "candidate", round: 0, reason: 'no <device> & no "card"' } as const],
};

export const result = makeResult({
  cases: [cpu, makeCase({ clip: "sport", spread: 0.6, seed: 3, codec: "hevc" }), gpu, lost],
  curves,
  absent: [{ backend: "qsv", reason: "this ffmpeg was built without Quick Sync" }],
  sweeps: [
    {
      ...{ backend: "nvenc", encoder: "h264_nvenc", size: { width: 320, height: 180 }, realtime: 5, stopped: "slower" },
      ...{ steps: [{ streams: 1, sumFps: 400, slowestFps: 400 }], joulesPerMinute: { notMeasured: "no power sensor" } },
    },
  ],
});

const [line] = linesOf(makeResult({ cases: [makeCase({ sides: ["candidate"] })] }));
const random = randomFrom(5);
const history = Array.from({ length: 26 }, (_, nth) => nth).flatMap((nth) => {
  if (line === undefined || !isMeasured(line.relativeCpu)) return [];
  const p50 = (nth >= 15 ? 2.2 : 2) * Math.exp(0.02 * (random() + random() + random() - 1.5));
  const at = new Date(Date.UTC(2026, 0, 1 + nth)).toISOString();
  return [{ ...line, at, run: `r${nth}`, commit: `c${nth}a0b1c2`, relativeCpu: { ...line.relativeCpu, p50 } }];
});
const baseline = accept(emptyBaseline, history.slice(0, 1), {
  at: "2026-01-01",
  reason: "first",
  run: "r0",
  commit: "c0",
});

const budgets = parseBudgets(
  "version: 1\nbudgets:\n  - { for: { backend: nvenc }, speedup_at_least: 9x, streams_at_least: 4 }\n  - vmaf_within: 2\n",
  "budgets.yaml",
);

export const account: Account = {
  result,
  decision: gate(result, { baseline: emptyBaseline, budgets }),
  drifts: drifts(history, baseline),
};
