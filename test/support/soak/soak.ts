import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { load, openHost, plan, run, survey } from "../../../core/mod.ts";
import type { Report } from "../../../core/types.ts";
import { anyBuild, ffmpeg } from "../ffmpeg.ts";
import { backendsOf } from "../simbackend/use.ts";
import { setUp, standin } from "../standin/standin.ts";
import { drawFate, type Fate } from "./fate.ts";
import { randomOf } from "./random.ts";

export interface SoakOptions {
  readonly jobs: number;
  readonly seed: number;
  /** How often each machine runs its jobs; between two rounds an hour passes. */
  readonly rounds?: number;
  readonly say?: (line: string) => void;
}

export interface Findings {
  readonly jobs: number;
  /** What must not be: jobs without a good output, orphans, leftovers. One line each. */
  readonly losses: readonly string[];
  /** How often each failure class was met. */
  readonly failures: Readonly<Record<string, number>>;
  readonly fallbacks: number;
  /** How often a device that had been taken out of rotation did a job again. */
  readonly comebacks: number;
  readonly wallSec: number;
}

const clips = 6;
const frames = 15;
/** Clocks run fast here, so that a rest of ten minutes is over within a machine's life. */
const clockRate = 60;

/** Runs jobs over machines that fail in every way the catalogue knows, and looks for anything lost. */
export async function soak({ jobs, seed, rounds = 4, say = () => undefined }: SoakOptions): Promise<Findings> {
  const begun = performance.now();
  const folder = await mkdtemp(join(tmpdir(), "vendue-soak-"));
  const random = randomOf(seed);
  const losses: string[] = [];
  const reports: Report[] = [];
  const before = { ...process.env };
  try {
    await makeClips(folder);
    let comebacks = 0;
    for (let nth = 0, left = jobs; left > 0; nth += 1) {
      const fate = drawFate(random);
      const own: Report[] = [];
      for (let round = 0; round < rounds && left > 0; round += 1) {
        const count = Math.min(clips, left);
        left -= count;
        const where = `machine ${nth} round ${round} (${fate.story})`;
        const report = await runRound(fate, { folder, name: `m${nth}`, round, count });
        own.push(report);
        const found = await inspect(report, { folder: join(folder, `m${nth}`), round, count });
        losses.push(...found.map((line) => `${where}: ${line}`));
        say(`${where}: ${report.state} in ${report.wall_sec.toFixed(0)} s, ${jobs - left} jobs`);
      }
      comebacks += countComebacks(own);
      reports.push(...own);
    }
    const attempts = reports.flatMap((report) => report.jobs.flatMap((job) => job.attempts));
    return {
      jobs,
      losses,
      failures: tally(
        attempts.flatMap(({ code = "", outcome }) =>
          outcome === "done" ? [] : [outcome === "skipped" ? "resting" : code],
        ),
      ),
      fallbacks: reports.flatMap((report) => report.jobs).filter(({ gpu_fallback }) => gpu_fallback).length,
      comebacks,
      wallSec: (performance.now() - begun) / 1000,
    };
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    await rm(folder, { recursive: true, force: true });
  }
}

interface Round {
  readonly folder: string;
  readonly name: string;
  readonly round: number;
  readonly count: number;
}

async function runRound({ machine, sims }: Fate, { folder, name, round, count }: Round): Promise<Report> {
  const home = join(folder, name);
  if (round === 0) Object.assign(process.env, (await setUp(machine, join(home, "machine"))).env);
  const names = Array.from({ length: count }, (_, nth) => `c${nth}`);
  const inputs = names.map((one) => `${one}: ../media/${one}.mp4`).join(", ");
  const file = join(home, `round-${round}.yaml`);
  await writeFile(
    file,
    `version: 1\nbackends: ${backendsOf(sims)}\ninputs: { ${inputs} }\nstages:\n  - id: web\n    export: { inputs: [${names.join(", ")}], output: "out-${round}/\${input}.mp4", video: { codec: h264, effort: fastest } }\n`,
  );
  const common = { ffmpeg: standin, stall_sec: 4, grace_sec: 1, jobs: 3 };
  // What was read of clips and ffmpeg is the same for every machine; what was learned of devices is each one's own.
  const reader = await openHost(folder, {
    ...common,
    cache_dir: join(folder, ".cache"),
    state_dir: join(home, ".state"),
  });
  const opened = await openHost(folder, {
    ...common,
    cache_dir: join(home, ".cache"),
    state_dir: join(home, ".state"),
  });
  const startMs = Date.now();
  const host = {
    ...opened,
    build: () => reader.build(),
    now: () => new Date(startMs + (Date.now() - startMs) * clockRate + round * 3_600_000),
  };
  const { pipeline, media, backends } = await load(file, { host: reader });
  const chosen = plan(pipeline, media, await survey({ ...backends, host }));
  return run(chosen, { host }).report;
}

/** Everything that is wrong after a round, looked at from outside. */
async function inspect(
  { jobs, wall_sec }: Report,
  { folder, round, count }: Omit<Round, "name">,
): Promise<readonly string[]> {
  const wrong: string[] = [];
  if (jobs.length !== count) wrong.push(`${jobs.length} of ${count} jobs reported`);
  for (const { id, state, attempts, error } of jobs)
    if (state !== "done")
      wrong.push(`job ${id} ${state}: ${error?.message ?? ""} after ${JSON.stringify(attempts.map(brief))}`);
  const out = join(folder, `out-${round}`);
  const names = await readdir(out).catch(() => [] as string[]);
  wrong.push(...names.filter((name) => name.startsWith(".")).map((name) => `left behind: ${name}`));
  const outputs = names.filter((name) => name.endsWith(".mp4") && !name.startsWith("."));
  if (outputs.length !== count) wrong.push(`${outputs.length} of ${count} outputs are there`);
  const counted = await countFrames(outputs.map((name) => join(out, name)));
  outputs.forEach((name, nth) => {
    if (counted[nth] !== frames) wrong.push(`${name} holds ${counted[nth] ?? 0} of ${frames} frames`);
  });
  for (const line of await orphans(folder)) wrong.push(`orphan: ${line}`);
  if (!(wall_sec / clockRate < 240)) wrong.push(`a round took ${wall_sec / clockRate} s`);
  return wrong;
}

function brief({ backend, device, outcome, code, cause }: Report["jobs"][number]["attempts"][number]): string {
  return `${backend} ${device} ${outcome} ${code ?? ""} ${cause ?? ""}`;
}

/** Decodes every picture of every file with the real ffmpeg, strictly, in one process. */
async function countFrames(paths: readonly string[]): Promise<readonly number[]> {
  if (paths.length === 0) return [];
  const { stdout } = await execa(anyBuild, [
    ...["-hide_banner", "-nostdin", "-v", "error", "-xerror"],
    ...paths.flatMap((path) => ["-i", path]),
    ...paths.flatMap((_, nth) => ["-map", `${nth}:v:0`]),
    ...["-fps_mode", "passthrough", "-f", "framecrc", "-"],
  ]);
  const streams = [...stdout.matchAll(/^(\d+),/gm)].map(([, index]) => Number(index));
  return paths.map((_, nth) => streams.filter((index) => index === nth).length);
}

/** Processes that still work on this machine's files. */
async function orphans(folder: string): Promise<readonly string[]> {
  if (process.platform !== "linux") return [];
  const found: string[] = [];
  for (const pid of (await readdir("/proc")).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)) {
    const environment = await readFile(`/proc/${pid}/environ`, "utf8").catch(() => "");
    if (environment.includes(`STANDIN_MACHINE=${folder}/`))
      found.push(`${pid} ${(await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")).replaceAll("\0", " ")}`);
  }
  return found;
}

/** Devices that rested in one round and did a job in a later one. */
function countComebacks(rounds: readonly Report[]): number {
  const rested = new Set<string>();
  let count = 0;
  for (const { jobs } of rounds) {
    const attempts = jobs.flatMap((job) => job.attempts);
    const names = (wanted: string) =>
      new Set(attempts.flatMap(({ backend, device, outcome }) => (outcome === wanted ? [`${backend} ${device}`] : [])));
    for (const name of names("done")) if (rested.delete(name)) count += 1;
    for (const name of names("skipped")) rested.add(name);
  }
  return count;
}

function tally(words: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const word of words.toSorted()) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

async function makeClips(folder: string) {
  await mkdir(join(folder, "media"));
  for (let nth = 0; nth < clips; nth += 1)
    await ffmpeg([
      ...["-f", "lavfi", "-i", `testsrc2=size=160x90:rate=25,hue=h=${nth * 60}`],
      ...["-frames:v", String(frames), "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"],
      join(folder, "media", `c${nth}.mp4`),
    ]);
}
