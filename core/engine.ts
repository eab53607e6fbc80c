import type { Backend } from "./backend/mod.ts";
import { type Host, readMeasured, surveyMachine } from "./host/mod.ts";
import { type LoadedBackends, openHost } from "./load.ts";
import { estimateCost } from "./cost/mod.ts";
import { makePlan } from "./plan/mod.ts";
import { newChannel, type Run, startRun } from "./run/mod.ts";
import type { Media, Pipeline, Plan, Prices, RunEvent, Survey } from "./types.ts";

/** A survey that still knows its backends, and what they cost here. Neither shows in its JSON. */
export type SurveyWithBackends = Survey & { readonly bidders?: readonly Backend[]; readonly prices?: Prices };

/** Asks every loaded backend what it can do on this machine. Remembered; `fresh` asks again. */
export async function survey(
  { loaded, broken, host }: LoadedBackends,
  { fresh = false, signal }: { readonly fresh?: boolean; readonly signal?: AbortSignal } = {},
): Promise<SurveyWithBackends> {
  const found = await surveyMachine(loaded, broken, {
    build: await host.build(),
    cache: host.settings.cache_dir,
    launcher: host.launcher,
    env: host.env,
    signal,
    fresh,
  });
  const { measured } = await readMeasured(loaded, { settings: host.settings, ffmpeg: host.tools.ffmpeg });
  const told: Survey = {
    ...found,
    ...(host.overrides.length > 0 && { overrides: host.overrides }),
    ...(measured.length > 0 && { measured }),
  };
  return Object.defineProperties(told, {
    bidders: { value: loaded.map(({ backend }) => backend), enumerable: false },
    prices: { value: host.settings.prices, enumerable: false },
  });
}

/** Decides everything, purely. A survey read back from a file needs its backends given beside it. */
export function plan(
  pipeline: Pipeline,
  media: Media,
  found: SurveyWithBackends,
  { backends }: { readonly backends?: readonly Backend[] } = {},
): Plan {
  const chosen = makePlan(pipeline, media, found, { backends: backends ?? found.bidders ?? [] });
  return { ...chosen, estimate: { ...chosen.estimate, cost: estimateCost(chosen.jobs, found.prices) } };
}

export interface RunWishes {
  readonly signal?: AbortSignal;
  /** Makes everything again, changed or not. */
  readonly force?: boolean;
  readonly host?: Host;
}

/** Does exactly what a plan says. Read its events as they come, or only await its report. */
export function run(chosen: Plan, { signal, force = false, host }: RunWishes = {}): Run {
  if (host) return startRun(chosen, { host, signal, force });
  const channel = newChannel<RunEvent>();
  const inner = openHost(process.cwd()).then((opened) => startRun(chosen, { host: opened, signal, force }));
  const report = inner
    .then(async (one) => {
      for await (const event of one) channel.send(event);
      return one.report;
    })
    .finally(() => channel.close());
  return { report, [Symbol.asyncIterator]: () => channel.values[Symbol.asyncIterator]() };
}
