import { bars, figures, html, type Lane, legend, type Markup, page, type Paint, table, timeline } from "../draw/mod.ts";
import type { Attempt, JobReport, Report } from "../types.ts";
import { type Summary, summarize } from "./summary.ts";
import {
  bytes,
  costWords,
  energyWords,
  header,
  jobCells,
  levelWords,
  pictureWords,
  seconds,
  soundWords,
  times,
} from "./words.ts";

/** A run as one page that explains itself: when what ran where, how fast, what failed and why, and what came out. */
export function reportPage(report: Report): string {
  const { pipeline, state, run, started, vendue, ffmpeg, accel, jobs, warnings } = report;
  const summary = summarize(report);
  const mood = state === "done" ? "good" : state === "partial" ? "warn" : "bad";
  const body = html`<h1>${pipeline} <span class="state ${mood}">${state}</span></h1>
    <p class="soft">
      Run <code>${run}</code>, started <time datetime="${started}">${started.slice(0, 19).replace("T", " ")} UTC</time>,
      vendue ${vendue}, ffmpeg ${ffmpeg}, accel ${accel}
    </p>
    ${figures(figuresOf(report, summary))}
    <p>Cost: ${costWords(report)}<br />Energy: ${energyWords(report.joules)}</p>
    ${failureTable(jobs)} ${drawTimeline(report)} ${drawSpeeds(summary)} ${fallbackTable(summary)}
    <h2>Jobs</h2>
    ${table(header.map(numeric), jobs.map(jobCells))} ${attemptTable(jobs)} ${loudnessTable(jobs)} ${outputTable(jobs)}
    ${
      warnings.length > 0
        ? html`<h2>Warnings</h2>
            ${table(
              ["stage", "what"],
              warnings.map(({ stage, text }) => [stage, text]),
            )}`
        : undefined
    }`;
  return page({ title: `${pipeline}: ${state}, run ${run}`, body });
}

const numbers = new Set<string>(["wall", "speed"]);
const numeric = (name: string) => (numbers.has(name) ? { number: name } : name);

function figuresOf({ wall_sec, estimate }: Report, summary: Summary): readonly (readonly [string, string])[] {
  const { jobs, attempts, fallbacks, outputs, outputBytes, mediaSec } = summary;
  const bad = jobs.failed + jobs.skipped + jobs.cancelled;
  return [
    [`of ${seconds(estimate.sec)} expected`, seconds(wall_sec)],
    ["jobs done", String(jobs.done)],
    ["jobs unchanged", String(jobs.unchanged)],
    ...(bad > 0 ? [["jobs not done", String(bad)] as const] : []),
    ["attempts", String(attempts)],
    ["fallbacks", String(fallbacks.length)],
    [`made, in ${outputs} file${outputs === 1 ? "" : "s"}`, seconds(mediaSec)],
    ["written", bytes(outputBytes)],
  ];
}

function drawTimeline({ jobs, wall_sec }: Report): Markup | undefined {
  const lanes = jobs.flatMap((job): readonly Lane[] => {
    const spans = [...waitOf(job), ...(job.attempts.length > 0 ? job.attempts.map(spanOf) : ownSpan(job))];
    return spans.length > 0 ? [{ name: job.id, spans }] : [];
  });
  if (lanes.length === 0) return undefined;
  return html`<h2>When</h2>
    ${timeline(lanes, { what: "Jobs and attempts over time", endSec: wall_sec })}
    ${legend([
      ["gpu", "on a GPU"],
      ["cpu", "on the CPU"],
      ["core", "measured"],
      ["failed", "failed"],
      ["idle", "waiting"],
    ])}`;
}

function waitOf({ queued_sec, started_sec, state }: JobReport): Lane["spans"] {
  if (queued_sec < 0.05 || state === "unchanged") return [];
  const title = `waited ${seconds(queued_sec)}`;
  return [{ fromSec: started_sec - queued_sec, toSec: started_sec, paint: "idle", label: "", title }];
}

function spanOf({
  encoder,
  device,
  outcome,
  code,
  cause,
  started_sec,
  wallSec,
  accel,
}: Attempt): Lane["spans"][number] {
  const paint: Paint = outcome !== "done" ? "failed" : accel ? "gpu" : "cpu";
  const why = code ? ` ${code}${cause ? `: ${cause}` : ""}` : "";
  const label = `${encoder} ${outcome === "done" ? `on ${device}` : outcome}`;
  const title = `${encoder} on ${device} ${outcome} in ${seconds(wallSec)}${why}`;
  return { fromSec: started_sec, toSec: started_sec + wallSec, paint, label, title };
}

function ownSpan({ kind, state, started_sec, wall_sec }: JobReport): Lane["spans"] {
  if (wall_sec <= 0) return [];
  const paint: Paint = state !== "done" ? "failed" : kind === "measure" ? "core" : "cpu";
  const label = kind === "measure" ? "loudness" : state;
  const title = `${label} ${state} in ${seconds(wall_sec)}`;
  return [{ fromSec: started_sec, toSec: started_sec + wall_sec, paint, label, title }];
}

function drawSpeeds({ speeds }: Summary): Markup | undefined {
  if (speeds.length === 0) return undefined;
  const list = speeds.map(({ backend, accel, speed, media_sec, busy_sec, jobs }) => ({
    name: `${backend}, ${jobs} job${jobs === 1 ? "" : "s"}`,
    value: speed,
    says: `${times(speed)} (${seconds(media_sec)} in ${seconds(busy_sec)})`,
    paint: accel ? ("gpu" as const) : ("cpu" as const),
  }));
  return html`<h2>How fast</h2>
    <p class="soft">Media made per second of work, in times real time.</p>
    ${bars(list, { what: "Speed by backend", unit: "x" })}`;
}

function failureTable(jobs: readonly JobReport[]): Markup | undefined {
  const rows = jobs.flatMap(({ id, error }) =>
    error
      ? [[id, html`<code>${error.code}</code>`, html`<span class="bad">${error.message}</span>`, error.hint ?? ""]]
      : [],
  );
  if (rows.length === 0) return undefined;
  return html`<h2>What failed</h2>
    ${table(["job", "class", "because", "what to do"], rows)}`;
}

function fallbackTable({ fallbacks }: Summary): Markup | undefined {
  if (fallbacks.length === 0) return undefined;
  return html`<h2>Fallbacks</h2>
    ${table(
      ["job", "from", "to", "class", "because"],
      fallbacks.map(({ job, from, to, variant, code, cause }) => [
        job,
        from,
        variant ? `${to} (${variant})` : to,
        html`<code>${code}</code>`,
        cause,
      ]),
    )}`;
}

function attemptTable(jobs: readonly JobReport[]): Markup | undefined {
  const rows = jobs.flatMap(({ id, attempts }) =>
    attempts.map(({ encoder, device, variant, outcome, code, cause, hint, wallSec, log }, nth) => [
      `${id} ${nth + 1}`,
      `${encoder} on ${device}${variant ? `, ${variant}` : ""}`,
      html`<span class="${outcome === "done" ? "good" : "bad"}">${outcome}</span>`,
      seconds(wallSec),
      html`${code ? html`<code>${code}</code> ` : undefined}${cause}${hint ? html`<br /><span class="soft">${hint}</span>` : undefined}`,
      log ? html`<code>${log}</code>` : "",
    ]),
  );
  if (rows.length === 0) return undefined;
  return html`<h2>Attempts</h2>
    ${table(["attempt", "ran on", "outcome", { number: "wall" }, "because", "log of ffmpeg"], rows)}`;
}

function loudnessTable(jobs: readonly JobReport[]): Markup | undefined {
  const rows = jobs
    .flatMap(({ gains }) => gains)
    .map(({ name, integratedLufs, truePeakDbtp, gainDb, shortfallLu }) => [
      name,
      `${integratedLufs.toFixed(1)} LUFS`,
      `${truePeakDbtp.toFixed(1)} dBTP`,
      `${gainDb >= 0 ? "+" : ""}${gainDb.toFixed(1)} dB`,
      shortfallLu > 0.05 ? `${shortfallLu.toFixed(1)} LU short` : "on target",
    ]);
  if (rows.length === 0) return undefined;
  return html`<h2>Loudness</h2>
    ${table(["clip", { number: "measured" }, { number: "true peak" }, { number: "gain" }, { number: "after" }], rows)}`;
}

function outputTable(jobs: readonly JobReport[]): Markup | undefined {
  const outputs = jobs.flatMap((job) => job.outputs);
  if (outputs.length === 0) return undefined;
  const rows = outputs.map((output) => {
    const { path, sizeBytes, durationSec, checks } = output;
    const wrong = checks.filter(({ ok }) => !ok);
    return [
      html`<code>${path}</code>`,
      `${durationSec.toFixed(3)} s`,
      bytes(sizeBytes),
      pictureWords(output),
      soundWords(output),
      levelWords(output),
      wrong.length === 0
        ? html`<span class="good">${checks.length} of ${checks.length}</span>`
        : html`<span class="bad"
            >${wrong.map(({ name, expected, found }) => `${name}: expected ${expected}, found ${found}`).join("; ")}</span
          >`,
    ];
  });
  return html`<h2>Outputs</h2>
    ${table(["file", { number: "length" }, { number: "size" }, "picture", "sound", "loudness", "checks passed"], rows)}`;
}
