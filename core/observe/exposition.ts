/**
 * Metrics of one run after another as one story: what only grows goes on growing, as a Prometheus counter should,
 * although every run starts its own at zero. Gauges are the newer ones.
 */
export function addCounters(before: string, now: string): string {
  const known = read(before);
  const fresh = read(now);
  return [...new Set([...known.keys(), ...fresh.keys()])]
    .flatMap((name) => {
      const old = known.get(name);
      const own = fresh.get(name);
      const one = own ?? old;
      if (one === undefined || (own === undefined && one.type === "gauge")) return [];
      const series =
        one.type === "gauge" ? own?.series : merge(old?.type === one.type ? old.series : new Map(), own?.series);
      return [...one.comments, ...[...(series ?? [])].map(([key, value]) => `${key} ${value}`), ""];
    })
    .join("\n");
}

interface Family {
  readonly type: string;
  readonly comments: string[];
  readonly series: Map<string, number>;
}

function merge(old: ReadonlyMap<string, number>, own: ReadonlyMap<string, number> = new Map()) {
  const sum = new Map(old);
  for (const [key, value] of own) sum.set(key, (sum.get(key) ?? 0) + value);
  return sum;
}

/** The text format as the client library writes it: comments of a family first, then one sample a line. */
function read(text: string): ReadonlyMap<string, Family> {
  const families = new Map<string, Family>();
  let family: Family | undefined;
  for (const line of text.split("\n")) {
    const [, name = "", type] = /^# (?:HELP|TYPE) (\w+)(?: (\w+)$)?/.exec(line) ?? [];
    if (name !== "") {
      const isType = line.startsWith("# TYPE");
      const known = families.get(name) ?? { type: "", comments: [], series: new Map<string, number>() };
      family = { ...known, type: isType ? (type ?? "") : known.type };
      family.comments.push(line);
      families.set(name, family);
    } else if (family && line.trim() !== "") {
      const at = line.lastIndexOf(" ");
      family.series.set(line.slice(0, at), Number(line.slice(at + 1)));
    }
  }
  return families;
}
