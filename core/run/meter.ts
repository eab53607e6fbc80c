import type { GpuReading, Joules, Reading } from "../types.ts";

/** One attempt while it runs, as far as the bill goes. */
export interface User {
  readonly backend: string;
  readonly device: string;
  readonly accel: boolean;
}

/** What an attempt used: its share of the time and the energy of the machine. */
export interface Spent {
  readonly busy_sec: number;
  readonly joules?: Joules;
}

interface Use extends User {
  readonly busySec: number;
  readonly joules: Joules;
}

/** What is known between two looks. */
export interface MeterState {
  readonly atMs: number;
  readonly cpuJoules?: number;
  readonly watts: Readonly<Record<string, number>>;
  readonly uses: ReadonlyMap<number, Use>;
}

export const newMeter = (nowMs: number): MeterState => ({ atMs: nowMs, watts: {}, uses: new Map() });

/**
 * Shares what was used since the last look among those that ran: time among those on one device, a card's energy
 * among its users, the processors' among everyone. The sum over all is what the machine used while anyone ran.
 */
export function advance(
  state: MeterState,
  { nowMs, readings }: { readonly nowMs: number; readonly readings: readonly Reading[] },
): MeterState {
  const sec = Math.max(0, nowMs - state.atMs) / 1000;
  const gpus = readings.filter((one) => one.kind === "gpu");
  const cpuJoules = readings.find((one) => one.kind === "cpu")?.joules;
  const cpuGrown = cpuJoules === undefined || state.cpuJoules === undefined ? undefined : cpuJoules - state.cpuJoules;
  const watts = Object.fromEntries(gpus.flatMap((one) => (one.watts === undefined ? [] : [[one.gpu, one.watts]])));
  const all = [...state.uses.values()];
  const uses = [...state.uses].map(([id, use]): readonly [number, Use] => {
    const beside = all.filter((other) => placeOf(other) === placeOf(use)).length;
    const card = use.accel ? cardOf(use, gpus) : undefined;
    const now = card && watts[card.gpu];
    const mean = now === undefined ? undefined : ((card && state.watts[card.gpu]) ?? now) / 2 + now / 2;
    const users = all.filter((other) => other.accel && cardOf(other, gpus) === card).length;
    const joules = {
      ...plus("cpu", use.joules.cpu, cpuGrown === undefined ? undefined : cpuGrown / all.length),
      ...plus("gpu", use.joules.gpu, mean === undefined ? undefined : (mean * sec) / users),
    };
    return [id, { ...use, busySec: use.busySec + sec / beside, joules }];
  });
  return { atMs: nowMs, watts, uses: new Map(uses), ...(cpuJoules !== undefined && { cpuJoules }) };
}

function plus(key: keyof Joules, before: number | undefined, more: number | undefined): Joules {
  return before === undefined && more === undefined ? {} : { [key]: (before ?? 0) + (more ?? 0) };
}

function placeOf({ accel, device }: User): string {
  return accel ? device : "cpu";
}

/** The card an attempt runs on: by its node, by its number, or the only one there is. */
function cardOf({ backend, device }: User, gpus: readonly GpuReading[]): GpuReading | undefined {
  const [first = ""] = device.split(" ");
  const named = gpus.find(
    ({ node, gpu }) => node === first || (backend !== "vaapi" && backend !== "qsv" && gpu === `nvidia${first}`),
  );
  return named ?? (gpus.length === 1 ? gpus[0] : undefined);
}

export function sumJoules(parts: readonly { readonly joules?: Joules }[]): { readonly joules?: Joules } {
  const measured = parts.flatMap(({ joules }) => (joules ? [joules] : []));
  const sum = measured.reduce<Joules>(
    (all, { cpu, gpu }) => ({ ...all, ...plus("cpu", all.cpu, cpu), ...plus("gpu", all.gpu, gpu) }),
    {},
  );
  return Object.keys(sum).length > 0 ? { joules: sum } : {};
}

/** The meter of one run: who begins, who ends, and looks in between. */
export interface Meter {
  begin(user: User): Promise<() => Promise<Spent>>;
  look(settle?: boolean): Promise<readonly Reading[]>;
}

export function openMeter(read: (settle: boolean) => Promise<readonly Reading[]>): Meter {
  let state = newMeter(performance.now());
  let ids = 0;
  // One look at a time, or an older answer would overwrite a newer one.
  let last: Promise<unknown> = Promise.resolve();
  function look(settle = false): Promise<readonly Reading[]> {
    const next = last.then(async () => {
      const readings = await read(settle).catch(() => []);
      state = advance(state, { nowMs: performance.now(), readings });
      return readings;
    });
    last = next;
    return next;
  }
  return {
    look,
    async begin(user) {
      await look();
      const id = (ids += 1);
      state = { ...state, uses: new Map(state.uses).set(id, { ...user, busySec: 0, joules: {} }) };
      return async () => {
        // Where a tool is slow to answer, a short attempt may end before its first word; that one is worth the wait.
        await look(true);
        const use = state.uses.get(id);
        state = { ...state, uses: new Map([...state.uses].filter(([other]) => other !== id)) };
        const joules = use?.joules ?? {};
        return { busy_sec: use?.busySec ?? 0, ...(Object.keys(joules).length > 0 && { joules }) };
      };
    },
  };
}

/** Runs some work under the meter, and says what it used. */
export async function metered<Result>(
  meter: Meter,
  user: User,
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly spent: Spent }> {
  const end = await meter.begin(user);
  try {
    const result = await work();
    return { result, spent: await end() };
  } catch (error) {
    await end();
    throw error;
  }
}
