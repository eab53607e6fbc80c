import { corpusVersion, type SourceClip } from "../clips/mod.ts";
import { commitOf, describeEnvironment } from "../measure/mod.ts";
import type { Absent, BenchResult, CaseResult, Curve, Sweep } from "../types.ts";
import type { BenchDesk } from "./desk.ts";
import { plainCase, type ReadyCase } from "./ready.ts";
import { isDeterministic, type Scored } from "./scoring.ts";
import type { Timings } from "./timing.ts";

export interface Parts {
  readonly started: Date;
  readonly quick: boolean;
  readonly timings: Timings;
  readonly cases: readonly ReadyCase[];
  readonly scores: Scored;
  readonly clips: readonly SourceClip[];
  readonly absent: readonly Absent[];
  readonly curves?: readonly Curve[];
  readonly sweeps?: readonly Sweep[];
}

/** Everything a session found, in the one form that is printed, judged and kept. */
export async function assemble(parts: Parts, { rig, folder }: BenchDesk): Promise<BenchResult> {
  const { started, quick, timings, cases, scores, clips, absent, curves = [], sweeps = [] } = parts;
  const sources = [...clips, ...cases.map(({ source }) => source)];
  return {
    schema: "vendue-bench/1",
    run: {
      id: started.toISOString().replace(/[:.]/g, "-"),
      startedAt: started.toISOString(),
      durationSec: (rig.host.now().getTime() - started.getTime()) / 1000,
      commit: await commitOf(folder, rig),
      quick,
    },
    environment: await describeEnvironment(rig),
    noise: timings.noise,
    corpus: { version: corpusVersion, hashes: Object.fromEntries(sources.map(({ id, hash }) => [id, hash])) },
    calibration: timings.calibration,
    cases: cases.map((one) => resultOf(one, timings, scores)),
    ...{ curves, sweeps, absent },
  };
}

function resultOf(one: ReadyCase, { samplesOf, failuresOf }: Timings, scores: Scored): CaseResult {
  const samples = samplesOf(one.id);
  return {
    ...plainCase(one),
    deterministic: isDeterministic(samples),
    samples,
    failures: failuresOf(one.id),
    scores: scores.get(one.id) ?? { notMeasured: "it was not scored" },
  };
}
