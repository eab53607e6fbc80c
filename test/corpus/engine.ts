import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { load, openHost, plan, run, survey } from "../../core/mod.ts";
import type { Container, Media, Plan, Report } from "../../core/types.ts";
import { ffmpeg } from "../support/ffmpeg.ts";
import { type Made, partsOf, type Row, usualKeep, usualNormalize } from "./row.ts";

export const containers = ["mp4", "mov", "mkv", "webm", "ts"] as const satisfies readonly Container[];

/** A folder with the rows' sources and outputs; one for each test file, so that clips and surveys are shared. */
export interface Bench {
  run(row: Row): Promise<Ran>;
  remove(): Promise<void>;
}

/** A row taken through its pipeline: in every container at once, in this process. */
export interface Ran {
  readonly source: string;
  readonly plan: Plan | undefined;
  readonly report: Report | undefined;
  readonly media: Media | undefined;
  /** Why nothing came of it, where it was refused before anything ran. */
  readonly refusal: unknown;
  /** Files that lie in the output folder afterwards. */
  readonly left: readonly string[];
  /** SHA-256 and time of change of every source, before and after. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  made(part: Made["part"], container: Container): Promise<Made>;
}

/** The clip that every row is joined with: nothing about it is odd. */
const plain = [
  ...["-f", "lavfi", "-i", "testsrc2=size=160x90:rate=25:duration=2"],
  ...["-f", "lavfi", "-i", "sine=frequency=330:sample_rate=48000:duration=2", "-ac", "2"],
  ...["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac"],
];

export async function openBench(): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), "vendue-corpus-"));
  const flags = { cache_dir: join(folder, ".cache"), state_dir: join(folder, ".state"), accel: "off" };
  const host = await openHost(folder, flags);
  const other = join(folder, "plain.mp4");
  await ffmpeg([...plain, other]);
  const started = new Map<string, Promise<Ran>>();

  async function start(row: Row): Promise<Ran> {
    const own = join(folder, row.name.replace(/\W+/g, "-"));
    const source = join(own, row.file);
    await mkdir(join(own, "out"), { recursive: true });
    if (typeof row.make === "function") await row.make(source);
    else await ffmpeg([...row.make, source]);
    const sources = [source, other];
    const before = await Promise.all(sources.map(mark));
    const file = join(own, "pipeline.yaml");
    await writeFile(file, pipelineText(row));
    const done: { plan?: Plan; report?: Report; media?: Media; refusal?: unknown } = {};
    try {
      const { pipeline, media, backends } = await load(file, { host, flags });
      done.media = media;
      done.plan = plan(pipeline, media, await survey(backends));
      done.report = await run(done.plan, { host }).report;
    } catch (error) {
      done.refusal = error;
    }
    const after = await Promise.all(sources.map(mark));
    const { plan: made, report, media, refusal } = done;
    return {
      ...{ source, plan: made, report, media, refusal, before, after },
      left: await readdir(join(own, "out")),
      async made(part, container) {
        if (made === undefined || report === undefined) throw refusal;
        const job = report.jobs.find(({ id }) => id === `${part}-${container}`);
        const path = join(own, "out", `${part}.${container}`);
        const output = job?.outputs.find((one) => one.path === path);
        if (output === undefined) throw new Error(`${path} was not made: ${JSON.stringify(job?.error ?? report.jobs)}`);
        const frames = output.video?.frames ?? 0;
        return { row, part, container, path, source, info: await host.readMedia(path), frames, plan: made, report };
      },
    };
  }
  return {
    run(row) {
      const known = started.get(row.name) ?? start(row);
      started.set(row.name, known);
      return known;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** All four stages, and one export for each container; beside it the whole clip alone, where the row asks for it. */
function pipelineText(row: Row): string {
  const { file, normalize = usualNormalize, audio, exports, keep: [from, to] = usualKeep } = row;
  const range = `["${from}-${to}"]`;
  const kinds = (row.containers ?? containers).flatMap((container) =>
    (partsOf(row).length === 0 ? (["joined"] as const) : partsOf(row)).map((part) => ({ part, container })),
  );
  return [
    "version: 1",
    "backends: [cpu]",
    `inputs: { odd: ${JSON.stringify(file)}, plain: ../plain.mp4 }`,
    "stages:",
    `  - { id: level, normalize: ${withInputs(normalize, "[odd, plain]")} }`,
    `  - { id: best, cut: { input: level.odd, keep: ${range} } }`,
    `  - { id: rest, cut: { input: level.plain, keep: ["0.4-1.6"] } }`,
    "  - { id: all, concat: { inputs: [best, rest] } }",
    ...kinds.map(
      ({ part, container }) =>
        `  - { id: ${part}-${container}, export: { input: ${part === "joined" ? "all" : "level.odd"}, output: out/${part}.${container}, video: { effort: fastest }${audio ? `, audio: ${audio}` : ""}${exports ? `, ${exports}` : ""} } }`,
    ),
    "",
  ].join("\n");
}

function withInputs(normalize: string, inputs: string): string {
  return normalize.replace("{", `{ inputs: ${inputs}, `);
}

async function mark(path: string): Promise<string> {
  const { mtimeMs, mode } = await stat(path);
  const sum = createHash("sha256")
    .update(await readFile(path))
    .digest("hex");
  return `${path} ${sum} ${mtimeMs} ${mode.toString(8)}`;
}
