import { basename } from "node:path";
import { sayAmount } from "../cost/mod.ts";
import type { Bid, Command, Loudness, Offer, Plan, RenderJob } from "../types.ts";
import { stageOf } from "./tasks.ts";

/** Left-aligned columns, two spaces apart. */
export function formatGrid(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, nth) => (widths[nth] = Math.max(widths[nth] ?? 0, cell.length)));
  const line = (row: readonly string[]) => row.map((cell, nth) => cell.padEnd(widths[nth] ?? 0)).join("  ");
  return rows.map((row) => line(row).trimEnd()).join("\n");
}

/** The plan as a person reads it: jobs first, then who bid, who passed and why, then the exact commands. */
export function explainPlan(plan: Plan, { commands = false }: { readonly commands?: boolean } = {}): string {
  const sources = new Set(plan.segments.map(({ source }) => source)).size;
  const stages = new Set(plan.jobs.flatMap((job) => job.stages)).size;
  return [
    `${plan.pipeline}  ${count(sources, "source")}  ${count(stages, "stage")}  ${count(plan.jobs.length, "job")}  about ${seconds(plan.estimate.sec)}  about ${bytes(plan.estimate.diskBytes)} on disk`,
    formatGrid(plan.jobs.map(jobRow)),
    section(
      "takes",
      plan.segments.map(({ render, source, inSec, outSec, frames }) => [
        render,
        basename(source),
        `${clock(inSec)}-${clock(outSec)}`,
        frames[1] > 0 ? `frames ${frames[0]}..${frames[1]}` : "",
      ]),
    ),
    section("ways", wayRows(plan.ways)),
    section(
      "fused",
      plan.fused.map(({ job, stages: names, note }) => [job, names.join(" + "), note]),
    ),
    section("not fused", unfusedRows(plan.unfused)),
    section("bids", plan.offers.flatMap(bidRow)),
    section(
      "order",
      overtaken(plan).map((text) => [text]),
    ),
    section("passed", refusals(plan.offers.filter(({ backend }) => !ofCore.has(backend)))),
    section(
      "override",
      plan.overrides.map(({ kind, value, from }) => [`${kind} ${value}`, from]),
    ),
    section(
      "cost",
      plan.estimate.cost
        ? [[`${"unknown" in plan.estimate.cost ? "" : "about "}${sayAmount(plan.estimate.cost)}`]]
        : [],
    ),
    section(
      "warning",
      plan.warnings.map(({ stage, text }) => [stage, text]),
    ),
    section(
      "note",
      plan.notes.map(({ stage, text }) => [stage, text]),
    ),
    ...(commands
      ? plan.jobs
          .map((job) => (job.kind === "measure" ? job.command : job.bids.flatMap((bid) => bid.commands)))
          .flat()
          .map(shown)
      : []),
  ]
    .filter((part) => part !== "")
    .join("\n");
}

/** Core's own bidders, whose refusals are the ways. */
const ofCore = new Set(["copy", "smart"]);

/** Ways that one output does without for one reason are one line. */
function wayRows(ways: Plan["ways"]): readonly (readonly string[])[] {
  const rows = new Map<string, { names: string[]; job: string; reason: string }>();
  for (const { job, rendition, way, taken, reason } of ways) {
    const name = rendition === "" ? job : `${job}:${rendition}`;
    const key = `${name}\n${reason}`;
    const row = rows.get(key) ?? { names: [], job: name, reason };
    row.names.push(taken ? `${way} *` : way);
    rows.set(key, row);
  }
  return [...rows.values()].map(({ names, job, reason }) => [job, names.join(", "), reason]);
}

/** Several values that are kept apart from one job for one reason are one line. */
function unfusedRows(unfused: Plan["unfused"]): readonly (readonly string[])[] {
  const rows = new Map<string, { before: string[]; after: string; reason: string }>();
  for (const {
    between: [before, after],
    reason,
  } of unfused) {
    const row = rows.get(`${after}\n${reason}`) ?? { before: [], after, reason };
    row.before.push(before);
    rows.set(`${after}\n${reason}`, row);
  }
  return [...rows.values()].map(({ before, after, reason }) => [`${before.join(", ")} | ${after}`, reason]);
}

/** One stage in plain words: who may do it, who won, by how much, and who passed. */
export function explainStage(plan: Plan, stage: string): string | undefined {
  const jobs = plan.jobs.filter((job) => job.stages.includes(stage));
  if (jobs.length === 0) return undefined;
  const offers = plan.offers.filter(({ task }) => task.slice(task.lastIndexOf("/") + 1).replace(/:.*$/, "") === stage);
  const renders = jobs.filter((job): job is RenderJob => job.kind === "render");
  return [
    ...renders.map(
      ({ id, stages, bids }) =>
        `${stage} is part of job ${id}: ${stages.join(" + ")} run as one process on ${bids[0] ? workersOf(bids[0]) : "nothing"}${bids.length > 1 ? `, then ${bids.slice(1).map(rungName).join(", then ")} if it fails` : ""}`,
    ),
    ...jobs.flatMap((job) =>
      job.kind === "measure" ? [`${job.id} runs first: loudness is measured over the whole clip, sound only`] : [],
    ),
    ...winners(offers),
    ...overtaken(plan, stage),
    ...refusals(offers).map(([backend, , reason]) => `${backend} passed: ${reason}`),
    ...plan.segments
      .filter(({ stages }) => stages.includes(stage))
      .map(
        ({ source, inSec, outSec, frames }) =>
          `takes ${basename(source)} ${clock(inSec)}-${clock(outSec)}, frames ${frames[0]}..${frames[1]}`,
      ),
    ...plan.warnings.filter((one) => one.stage === stage).map(({ text }) => `warning: ${text}`),
    ...plan.notes.filter((one) => one.stage === stage).map(({ text }) => `note: ${text}`),
  ].join("\n");
}

/** Why a bid won although another cost less. */
function overtaken({ jobs, offers, accel, overrides }: Plan, stage?: string): readonly string[] {
  const bids = offers.filter((one) => one.kind === "bid" && (stage === undefined || stageOf(one.task) === stage));
  const helpers = jobs.flatMap((job) => (job.kind === "render" ? (job.bids[0]?.helper ?? []) : []));
  if (helpers.length > 0)
    return [
      `${[...new Set(helpers)].join(" and ")} decodes while software encodes, so only the slower of the two counts`,
    ];
  const dearer = bids.some(
    (one) =>
      one.kind === "bid" &&
      one.won &&
      !ofCore.has(one.backend) &&
      bids.some((other) => other.kind === "bid" && other.task === one.task && other.terms.cost < one.terms.cost),
  );
  if (!dearer) return [];
  const forced = overrides.find(({ kind }) => kind === "force");
  if (forced) return [`${forced.value} comes first whatever it costs (force by ${forced.from})`];
  return [`GPU bids come before software whatever they cost (accel: ${accel}); prefer: quality weighs them alone`];
}

function rungName({ variant, ...bid }: RenderJob["bids"][number]): string {
  return variant ? `${bid.backend} (${variant.name}) for ${variant.when.join(" or ")}` : workersOf(bid);
}

function workersOf({ backend, helper }: Pick<RenderJob["bids"][number], "backend" | "helper">): string {
  return helper === undefined ? backend : `${backend} after ${helper}`;
}

function winners(offers: readonly Offer[]): readonly string[] {
  const bids = offers.filter((one) => one.kind === "bid");
  return bids
    .filter(({ won }) => won)
    .map((winner) => {
      const others = bids
        .filter((one) => one.task === winner.task && one !== winner)
        .sort((a, b) => a.terms.cost - b.terms.cost);
      const [next] = others;
      const { bid, terms } = winner;
      const margin = next ? `; next is ${next.backend} at cost ${next.terms.cost.toFixed(2)}` : "; nobody else bid";
      return `${winner.backend} won with cost ${terms.cost.toFixed(2)}: ${seconds(terms.sec)} at ${bid.speed.toFixed(2)}x real time (${bid.basis ?? "claimed"}), quality ${bid.quality.toFixed(2)} (${bid.qualityBasis ?? "claimed"})${terms.weight > 0 ? ` weighed ${terms.weight}` : ""}${margin}`;
    });
}

function jobRow(job: Plan["jobs"][number]): readonly string[] {
  if (job.kind === "measure")
    return [
      job.id,
      job.stages.join(" + "),
      "core",
      "sound only",
      `~${seconds(job.command.expectSec)}`,
      [...new Set(job.gains.map(({ loudness }) => levelText(loudness)))].join(", "),
    ];
  const [best, ...others] = job.bids.filter(({ variant }) => variant === undefined);
  return [
    job.id,
    job.stages.join(" + "),
    best ? workersOf(best) : "",
    best?.encoder ?? "",
    `~${seconds(expected(best?.commands ?? []))}`,
    others.length > 0
      ? `then ${others.map((bid) => `${workersOf(bid)} ~${seconds(expected(bid.commands))}`).join(", ")}`
      : "",
  ];
}

function levelText({ targetLufs, truePeakDbtp, limiter }: Loudness): string {
  const peaks = limiter ? "a limiter may hold peaks" : "peaks stay";
  return `to ${targetLufs} LUFS, ${peaks} below ${truePeakDbtp} dBTP`;
}

/** Quality has a price only where something is encoded; elsewhere time is all there is. */
function bidRow(offer: Offer): readonly (readonly string[])[] {
  if (offer.kind !== "bid") return [];
  const { task, backend, bid, terms, won } = offer;
  const { sec, quality, weight, handoffSec, cost } = terms;
  const encodes = weight > 0;
  const price = encodes ? `${sec.toFixed(2)} s x (1 + ${weight} x ${(1 - quality).toFixed(2)})` : `${sec.toFixed(2)} s`;
  const handoff = handoffSec > 0 ? ` + ${handoffSec.toFixed(2)} s handoff` : "";
  return [
    [
      task,
      won ? `${backend} *` : backend,
      `${bid.speed.toFixed(1)}x ${bid.basis ?? "claimed"}`,
      encodes ? `quality ${quality.toFixed(2)} ${bid.qualityBasis ?? "claimed"}` : "",
      encodes || handoff ? `${price}${handoff} = ${cost.toFixed(2)}` : price,
      [bid.note, equalNote(bid)].flatMap((part) => part ?? []).join("; "),
    ],
  ];
}

function equalNote({ equalQuality }: Bid): string | undefined {
  return equalQuality === undefined ? undefined : `asked for quality ${equalQuality}, which looks the same here`;
}

/** Backends that gave the same reason for every task are said once. */
function refusals(offers: readonly Offer[]): readonly (readonly string[])[] {
  const seen = new Map<string, { backend: string; tasks: string[]; reason: string }>();
  for (const offer of offers) {
    if (offer.kind !== "refused") continue;
    const text = offer.hint ? `${offer.reason} (${offer.hint})` : offer.reason;
    const key = `${offer.backend}\n${text}`;
    const known = seen.get(key);
    if (known) known.tasks.push(offer.task);
    else seen.set(key, { backend: offer.backend, tasks: [offer.task], reason: text });
  }
  return [...seen.values()].map(({ backend, tasks, reason }) => [
    backend,
    tasks.length > 1 ? `${tasks.length} tasks` : (tasks[0] ?? ""),
    reason,
  ]);
}

/** As it could be typed into a shell, for reading; the engine itself never builds a shell string. */
function shown({ program, args }: Command): string {
  return `\n${[program, ...args].map((arg) => (/^[\w@%+=:,./-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", "'\\''")}'`)).join(" ")}`;
}

function section(title: string, rows: readonly (readonly string[])[]): string {
  const wide = 11;
  return rows.length === 0
    ? ""
    : formatGrid(rows.map((row, nth) => [nth === 0 ? title.padEnd(wide) : " ".repeat(wide), ...row]));
}

function expected(commands: readonly Command[]): number {
  return commands.reduce((sum, { expectSec }) => sum + expectSec, 0);
}

function count(value: number, word: string): string {
  return `${value} ${word}${value === 1 ? "" : "s"}`;
}

function seconds(value: number): string {
  if (value < 10) return `${value.toFixed(1)} s`;
  return value < 120 ? `${Math.round(value)} s` : `${Math.floor(value / 60)} min ${Math.round(value % 60)} s`;
}

function bytes(value: number): string {
  return value < 1e6
    ? `${Math.ceil(value / 1e3)} kB`
    : value < 1e9
      ? `${(value / 1e6).toFixed(1)} MB`
      : `${(value / 1e9).toFixed(1)} GB`;
}

function clock(value: number): string {
  const minutes = Math.floor(value / 60);
  return `${minutes}:${(value - minutes * 60).toFixed(3).padStart(6, "0")}`;
}
