import type { Host } from "../host/mod.ts";
import { hashFile, identify, readJson, shortHash, writeJson } from "../host/mod.ts";
import { join } from "node:path";
import type { OutputReport, Plan, RenderJob } from "../types.ts";

export interface SourceMark {
  readonly path: string;
  readonly sizeBytes: number;
  readonly mtimeMs: number;
  readonly sha256: string;
}

/** What an output was made of. Kept in the state folder; compared before anything is made again. */
export interface MadeOf {
  readonly version: 1;
  readonly job: string;
  readonly ffmpeg: string;
  readonly backend: string;
  readonly settings: unknown;
  readonly sources: readonly SourceMark[];
  readonly outputs: readonly {
    readonly path: string;
    readonly sizeBytes: number;
    readonly mtimeMs: number;
    readonly report: OutputReport;
  }[];
}

/** Whether a job's outputs still are what they should be, and if not, the one thing that changed. */
export type Freshness =
  { readonly fresh: true; readonly outputs: readonly OutputReport[] } | { readonly fresh: false; readonly why: string };

export async function checkFresh(job: RenderJob, plan: Plan, host: Host): Promise<Freshness> {
  const known = (await readJson(recordPath(job, host))) as MadeOf | undefined;
  if (known === undefined || known.version !== 1) return stale("it has not been made before");
  for (const { path, sizeBytes, mtimeMs } of known.outputs) {
    const now = await identify(path);
    if (now === undefined) return stale(`the output ${path} is gone`);
    if (now.sizeBytes !== sizeBytes || now.mtimeMs !== mtimeMs)
      return stale(`the output ${path} was changed by someone else`);
  }
  if (known.ffmpeg !== (await host.toolKey())) return stale("ffmpeg is another build");
  if (known.backend !== chosen(job)) return stale(`the chosen backend was ${known.backend} and is ${chosen(job)}`);
  const changed = difference(known.settings, settingsOf(job, plan));
  if (changed !== undefined) return stale(changed);
  for (const path of job.sources) {
    const mark = known.sources.find((one) => one.path === path);
    if (mark === undefined || !(await isUnchanged(mark))) return stale(`the content of ${path} changed`);
  }
  return { fresh: true, outputs: known.outputs.map(({ report }) => report) };
}

/** What a source is before anything is made of it: one that is changed meanwhile is another one next time. */
export type Marker = (path: string) => Promise<SourceMark>;

/** Reads a source to its end once, however many jobs are made of it. */
export function newMarker(signal: AbortSignal): Marker {
  const known = new Map<string, Promise<SourceMark>>();
  return async (path) => {
    const { sizeBytes = 0, mtimeMs = 0 } = (await identify(path)) ?? {};
    const key = JSON.stringify([path, sizeBytes, mtimeMs]);
    const mark = known.get(key) ?? hashFile(path, signal).then((sha256) => ({ path, sizeBytes, mtimeMs, sha256 }));
    known.set(key, mark);
    return mark;
  };
}

/** Remembers what the outputs were made of. A failure to remember only costs a later run its shortcut. */
export async function remember(
  job: RenderJob,
  plan: Plan,
  {
    host,
    outputs,
    sources,
  }: { readonly host: Host; readonly outputs: readonly OutputReport[]; readonly sources: readonly SourceMark[] },
): Promise<void> {
  const made: MadeOf = {
    version: 1,
    job: job.id,
    ffmpeg: await host.toolKey(),
    backend: chosen(job),
    settings: settingsOf(job, plan),
    sources,
    outputs: await Promise.all(
      outputs.map(async (report) => {
        const now = await identify(report.path);
        return { path: report.path, sizeBytes: now?.sizeBytes ?? 0, mtimeMs: now?.mtimeMs ?? 0, report };
      }),
    ),
  };
  await writeJson(recordPath(job, host), made);
}

function stale(why: string): Freshness {
  return { fresh: false, why };
}

/** A touched file with the same content is the same source. */
async function isUnchanged({ path, sizeBytes, mtimeMs, sha256 }: SourceMark): Promise<boolean> {
  const now = await identify(path);
  if (now === undefined || now.sizeBytes !== sizeBytes) return false;
  return now.mtimeMs === mtimeMs || (await hashFile(path)) === sha256;
}

/** Everything the user or the planner decided about this job, without estimates, which may drift. */
function settingsOf(job: RenderJob, plan: Plan): unknown {
  const best = job.bids[0];
  const measures = plan.jobs.filter((one) => one.kind === "measure" && job.after.includes(one.id));
  const tasks = plan.tasks.filter(({ id }) => job.tasks.includes(id));
  const settings = {
    // What a person wrote comes first, so that a change is told in their words before ffmpeg's.
    stages: Object.fromEntries(
      tasks.map(({ id, ops, encode }) => [id.slice(id.lastIndexOf("/") + 1), { encode, ops }]),
    ),
    outputs: job.outputs,
    ranges: plan.segments
      .filter(({ render }) => render === job.id)
      .map(({ source, inSec, outSec }) => ({ source, inSec, outSec })),
    loudness: measures.flatMap((one) => (one.kind === "measure" ? one.gains : [])),
    arguments: best?.commands.map(({ args, files }) => ({ args, files: files.map(({ text }) => text) })),
  };
  return JSON.parse(JSON.stringify(settings)) as unknown;
}

function chosen(job: RenderJob): string {
  const best = job.bids[0];
  return `${best?.backend} ${best?.encoder} ${best?.device}`;
}

function recordPath(job: RenderJob, { settings }: Host): string {
  return join(settings.state_dir, "outputs", `${shortHash(job.outputs.map(({ target }) => target))}.json`);
}

/** The first place where two JSON values differ, as a path a person can follow. */
export function difference(before: unknown, after: unknown, path = ""): string | undefined {
  if (Object.is(before, after)) return undefined;
  if (isRecord(before) && isRecord(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const found = difference(before[key], after[key], path === "" ? key : `${path}.${key}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  return `${path} was ${brief(before)} and is ${brief(after)}`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function brief(value: unknown): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
