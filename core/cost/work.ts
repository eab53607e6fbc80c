import type {
  Amount,
  Attempt,
  CostEstimate,
  JobCost,
  JobReport,
  Joules,
  Plan,
  Price,
  Prices,
  RankedBid,
  RunCost,
} from "../types.ts";
import { addUp, inCurrency, perMinute } from "./amounts.ts";
import { priceOf } from "./prices.ts";

const noPrices = "no prices are set";
const joulesPerKwh = 3.6e6;

interface Work {
  readonly backend: string;
  readonly accel: boolean;
  readonly seconds: number;
  readonly joules?: Joules | undefined;
}

/** What some work costs. Energy that nobody measured is taken from the table's watts, or makes the sum unknown. */
function costOfWork({ backend, accel, seconds, joules = {} }: Work, prices: Prices): Amount {
  const price = priceOf(prices, { backend, accel });
  if (price === undefined) return { unknown: `there is no price for ${backend}` };
  const { hour = 0, kwh, watts } = price;
  const energy = accel ? joules.gpu : joules.cpu;
  const measured = energy === undefined ? undefined : (joules.cpu ?? 0) + (joules.gpu ?? 0);
  const used = measured ?? (watts === undefined ? undefined : watts * seconds);
  if (kwh !== undefined && used === undefined)
    return { unknown: `nothing measures the energy of ${backend}, and the price table has no watts for it` };
  return { amount: (seconds / 3600) * hour + ((used ?? 0) / joulesPerKwh) * (kwh ?? 0) };
}

function fixedOf({ backend, accel }: Pick<Work, "backend" | "accel">, prices: Prices): Amount {
  const price: Price = priceOf(prices, { backend, accel }) ?? {};
  return { amount: price.fixed ?? 0 };
}

/** What a plan will cost if all goes well. */
export function estimateCost(jobs: Plan["jobs"], prices: Prices | undefined): CostEstimate {
  if (prices === undefined) return { unknown: noPrices };
  const parts = jobs.flatMap((job): readonly Amount[] => {
    if (job.kind === "measure")
      return [costOfWork({ backend: "core", accel: false, seconds: job.command.expectSec }, prices)];
    const [best] = job.bids;
    if (best === undefined) return [];
    return [costOfWork({ ...best, seconds: expected(best) }, prices), fixedOf(best, prices)];
  });
  return inCurrency(addUp(parts), prices);
}

/** What a job did cost: every attempt, also those that came to nothing. */
export function costOfJob(
  job: Pick<JobReport, "kind" | "state" | "backend" | "gpu_accel" | "attempts" | "busy_sec" | "joules">,
  prices: Prices | undefined,
): JobCost {
  if (prices === undefined) return { unknown: noPrices };
  const { kind, state, backend, gpu_accel: accel, attempts, busy_sec: seconds, joules } = job;
  const work =
    kind === "measure"
      ? seconds > 0
        ? [costOfWork({ backend, accel, seconds, joules }, prices)]
        : []
      : attempts.map((attempt: Attempt) => costOfWork({ ...attempt, seconds: attempt.busy_sec }, prices));
  const fixed = kind === "render" && state === "done" ? [fixedOf({ backend, accel }, prices)] : [];
  return inCurrency(addUp([...work, ...fixed]), prices);
}

export function costOfRun(jobs: readonly JobReport[], prices: Prices | undefined): RunCost {
  if (prices === undefined) return { unknown: noPrices };
  const sum = addUp(jobs.flatMap(({ cost }) => (cost ? [cost] : [])));
  const mediaSec = jobs
    .filter(({ kind, state }) => kind === "render" && state === "done")
    .flatMap(({ outputs }) => outputs)
    .reduce((all, { durationSec }) => all + durationSec, 0);
  return { ...inCurrency(sum, prices), ...perMinute(sum, mediaSec) };
}

function expected({ commands }: RankedBid): number {
  return commands.reduce((sum, { expectSec }) => sum + expectSec, 0);
}
