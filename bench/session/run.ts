import type { BenchResult, Chain } from "../types.ts";
import { compressedClip, openClips } from "./clips.ts";
import type { BenchDesk, Choice } from "./desk.ts";
import { pacesOf, remember } from "./learn.ts";
import { type ReadyCase, readyCases } from "./ready.ts";
import { assemble } from "./result.ts";
import { scoreCases } from "./scoring.ts";
import { timeCases } from "./timing.ts";

export interface RunWish extends Choice {
  /** Three clips of two seconds, three rounds, a minute, and no verdict. */
  readonly quick: boolean;
  readonly rounds?: number;
  readonly budgetSec?: number;
}

const quickClips = ["talk", "sport", "screen"];
const quickFrames = 60;
const quickBudgetSec = 35;
const chains: readonly Chain[] = ["decode", "scale", "full"];

/** Measures every backend that is ready: how fast, how good, at equal bits. Absences keep the survey's reason. */
export async function runBench(wish: RunWish, desk: BenchDesk): Promise<BenchResult> {
  const { quick, size, effort, codecs, backends } = wish;
  const started = desk.rig.host.now();
  const names = wish.clips ?? (quick ? quickClips : undefined);
  const clips = await openClips(
    { ...(names && { names }), ...(size && { size }), ...(quick && { frames: quickFrames }) },
    desk,
  );
  const filter = { effort, ...(codecs && { codecs }), ...(backends && { backends }) };
  const { cases: encodes, absent } = readyCases(clips, { ...filter, twoLengths: !quick }, desk);
  const chained = quick ? [] : await chainCases(clips[0], { ...filter, twoLengths: false }, desk);
  const cases = [...encodes, ...chained];
  const timings = await timeCases(
    cases,
    {
      rounds: wish.rounds ?? (quick ? 3 : 7),
      ...((wish.budgetSec ?? (quick ? quickBudgetSec : undefined)) !== undefined && {
        budgetSec: wish.budgetSec ?? quickBudgetSec,
      }),
      calibration: calibrationCase(clips[0], desk),
    },
    desk,
  );
  const scores = await scoreCases(cases, { samplesOf: timings.samplesOf }, desk);
  const learned = pacesOf(cases, timings.samplesOf, started.toISOString());
  await remember(learned.paces, desk);
  return assemble({ started, quick, timings, cases, scores, clips, absent: [...absent, ...learned.absent] }, desk);
}

/** What reading, reading and scaling, and the whole way cost, on a clip as it would come in. */
async function chainCases(
  clip: Parameters<typeof compressedClip>[0] | undefined,
  wish: Omit<Parameters<typeof readyCases>[1], "chains">,
  desk: BenchDesk,
): Promise<readonly ReadyCase[]> {
  const source = clip && (await compressedClip(clip, desk));
  if (source === undefined) return [];
  const half = { width: even(source.video.width / 2), height: even(source.video.height / 2) };
  return readyCases([source], { ...wish, chains, size: half }, desk).cases;
}

function even(value: number): number {
  return 2 * Math.round(value / 2);
}

export function calibrationCase(
  clip: Parameters<typeof compressedClip>[0] | undefined,
  desk: BenchDesk,
): ReadyCase | undefined {
  if (clip === undefined) return undefined;
  const wish = { backends: ["cpu"], codecs: ["h264"], effort: "faster", twoLengths: false } as const;
  return readyCases([clip], wish, desk).cases[0];
}
