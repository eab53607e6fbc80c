/** A quality knob: between which values it turns, in which steps, and which way is better. */
export interface Knob {
  readonly least: number;
  readonly most: number;
  readonly step: number;
  readonly higherIsBetter: boolean;
}

export interface Probed {
  readonly at: number;
  readonly score: number;
}

export interface Found<Probe extends Probed> {
  /** The cheapest setting that reaches the target, within the tolerance; undefined is an answer too. */
  readonly best: Probe | undefined;
  /** Where the target would be met exactly, between the two probes around it. */
  readonly exact: number | undefined;
  /** In the order they were made. */
  readonly probes: readonly Probe[];
}

export interface SearchOptions {
  readonly target: number;
  readonly tolerance?: number;
  readonly mostProbes?: number;
}

/**
 * Finds the setting that reaches a score, by false position on -ln(101 - score), which straightens VMAF's saturated
 * end; where a bracket did not halve, the next step is its middle. Three to four probes do on average.
 */
export async function searchQuality<Probe extends Probed>(
  probe: (at: number) => Promise<Probe>,
  { least, most, step, higherIsBetter }: Knob,
  { target, tolerance = 0.5, mostProbes = 8 }: SearchOptions,
): Promise<Found<Probe>> {
  // Inside, cost rises from 0 to 1 and the score falls.
  const probes: Probe[] = [];
  const seen = new Map<number, Probe>();
  const places = Math.round((most - least) / step);
  const place = (share: number) => Math.min(places, Math.max(0, Math.round(share * places)));
  const valueAt = (nth: number) => least + (higherIsBetter ? places - nth : nth) * step;
  const nthOf = ({ at }: Probe) =>
    higherIsBetter ? places - Math.round((at - least) / step) : Math.round((at - least) / step);
  const ask = async (nth: number): Promise<Probe> => {
    const known = seen.get(nth);
    if (known !== undefined) return known;
    const made = await probe(Number(valueAt(nth).toFixed(6)));
    seen.set(nth, made);
    probes.push(made);
    return made;
  };
  const isNear = ({ score }: Probe) => Math.abs(score - target) <= tolerance;
  const brackets = () => {
    const ordered = probes.toSorted((a, b) => nthOf(a) - nthOf(b));
    return {
      good: ordered.findLast(({ score }) => score >= target),
      bad: ordered.find(({ score }) => score < target),
      ordered,
    };
  };

  let last = await ask(place(0.3));
  if (!isNear(last)) last = await ask(place(last.score > target ? 0.55 : 0.1));
  let width = Infinity;
  while (!isNear(last) && probes.length < mostProbes) {
    const { good, bad, ordered } = brackets();
    let next: number;
    if (good && bad) {
      const span = nthOf(bad) - nthOf(good);
      if (span <= 1) break;
      next = span > width / 2 ? nthOf(good) + span / 2 : between(good, bad, { target, nthOf });
      width = span;
      next = Math.min(nthOf(bad) - 1, Math.max(nthOf(good) + 1, Math.round(next)));
      if (seen.has(next)) next = Math.round((nthOf(good) + nthOf(bad)) / 2);
    } else {
      next = beyond(ordered, { target, nthOf, better: good === undefined });
      next = Math.min(places, Math.max(0, Math.round(next)));
    }
    if (seen.has(next)) break;
    last = await ask(next);
  }
  const { good, bad } = brackets();
  const enough = probes.filter(({ score }) => score >= target - tolerance).toSorted((a, b) => nthOf(b) - nthOf(a));
  const exact =
    good && bad ? good.at + ((bad.at - good.at) * (good.score - target)) / (good.score - bad.score) : undefined;
  return { best: enough[0], exact, probes };
}

interface Place<Probe> {
  readonly target: number;
  readonly nthOf: (probe: Probe) => number;
}

function straight(score: number): number {
  return -Math.log(Math.max(0.05, 101 - score));
}

function between<Probe extends Probed>(good: Probe, bad: Probe, { target, nthOf }: Place<Probe>): number {
  const share = (straight(good.score) - straight(target)) / (straight(good.score) - straight(bad.score));
  return nthOf(good) + (nthOf(bad) - nthOf(good)) * share;
}

/** All probes lie on one side: along the slope of the two nearest, and at least one step on. */
function beyond<Probe extends Probed>(
  ordered: readonly Probe[],
  { target, nthOf, better }: Place<Probe> & { readonly better: boolean },
): number {
  const [a, b] = better ? ordered.slice(0, 2) : ordered.slice(-2);
  if (a === undefined || b === undefined) return 0;
  const slope = Math.min((b.score - a.score) / Math.max(1, nthOf(b) - nthOf(a)), -0.2);
  const edge = better ? a : b;
  const next = nthOf(edge) + (target - edge.score) / slope;
  return better ? Math.min(next, nthOf(edge) - 1) : Math.max(next, nthOf(edge) + 1);
}
