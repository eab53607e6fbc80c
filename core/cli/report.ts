import { join, resolve } from "node:path";
import { VendueError } from "../errors.ts";
import { readJson } from "../host/mod.ts";
import { openHost } from "../mod.ts";
import { formatGrid } from "../plan/mod.ts";
import type { JobReport, Report } from "../types.ts";
import { readLast } from "./last.ts";
import type { Desk } from "./main.ts";

export async function showReport(
  run: string | undefined,
  { json = false, markdown = false }: { readonly json?: boolean; readonly markdown?: boolean },
  { output }: Desk,
): Promise<void> {
  const host = await openHost(process.cwd());
  const id = run ?? (await readLast(host)).run;
  if (id === undefined)
    throw new VendueError("USAGE", "There is no run to report yet", {
      hint: "run a pipeline first: vendue run <pipeline>",
    });
  const paths = [resolve(id), join(host.settings.state_dir, "runs", id, "report.json")];
  const found = (await Promise.all(paths.map(readJson))).find((value) => value !== undefined) as Report | undefined;
  if (found?.jobs === undefined)
    throw new VendueError("USAGE", `There is no report of a run ${id}`, { hint: `looked at ${paths.join(" and ")}` });
  output.result(json ? JSON.stringify(found, undefined, 1) : markdown ? reportMarkdown(found) : reportText(found));
}

const header = ["job", "state", "ran on", "wall", "speed", "why"];

/** What ran, where, how fast and why, as a person reads it. */
export function reportText(report: Report): string {
  return [
    `${report.pipeline}  ${report.state}  ${report.wall_sec.toFixed(1)} s  run ${report.run}`,
    formatGrid([header, ...report.jobs.map(row)]),
    ...report.jobs.flatMap(attemptLines),
    ...report.jobs.flatMap(outputLines),
    ...report.warnings.map(({ stage, text }) => `warning  ${stage}  ${text}`),
  ].join("\n");
}

function reportMarkdown(report: Report): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [
    `## ${report.pipeline}: ${report.state} in ${report.wall_sec.toFixed(1)} s`,
    "",
    line(header),
    line(header.map(() => "---")),
    ...report.jobs.map((job) => line(row(job))),
    "",
    ...report.jobs.flatMap((job) => [...attemptLines(job), ...outputLines(job)]).map((text) => `- ${text}`),
  ].join("\n");
}

function row({
  id,
  state,
  backend,
  encoder,
  device,
  wall_sec,
  speed,
  why,
  gpu_fallback,
}: JobReport): readonly string[] {
  const where = encoder === "" ? backend : `${encoder} on ${device}${gpu_fallback ? " after a GPU failed" : ""}`;
  return [
    id,
    state,
    where,
    wall_sec > 0 ? `${wall_sec.toFixed(1)} s` : "-",
    speed > 0 ? `${speed.toFixed(2)}x` : "-",
    why,
  ];
}

/** Attempts are only worth a line where one of them failed. */
function attemptLines({ id, attempts }: JobReport): readonly string[] {
  if (attempts.every(({ outcome }) => outcome === "done")) return [];
  return attempts.map(
    ({ backend, encoder, device, variant, outcome, code, cause, next, log }, nth) =>
      `attempt ${nth + 1} of ${id}: ${encoder} on ${device} (${backend}${variant ? `, ${variant}` : ""}) ${outcome}${code ? ` ${code}` : ""}${cause ? `: ${cause}` : ""}${next ? `, then ${next}` : ""}${log ? `, log ${log}` : ""}`,
  );
}

function outputLines({ outputs, gains }: JobReport): readonly string[] {
  return [
    ...gains.map(
      ({ name, integratedLufs, gainDb, shortfallLu }) =>
        `gain ${name}: ${integratedLufs.toFixed(1)} LUFS measured, ${gainDb.toFixed(1)} dB applied${shortfallLu > 0.05 ? `, ${shortfallLu.toFixed(1)} LU short of the target because of the peak limit` : ""}`,
    ),
    ...outputs.map(({ path, sizeBytes, durationSec, video, audio, loudness }) => {
      const picture = video
        ? `${video.codec} ${video.width}x${video.height} ${Math.round((video.fps.num / video.fps.den) * 1000) / 1000} fps ${video.frames} frames`
        : "no picture";
      const sound =
        audio.map(({ codec, sampleRate, channels }) => `${codec} ${sampleRate} Hz ${channels} ch`).join(", ") ||
        "no sound";
      const level = loudness
        ? `, ${loudness.integratedLufs.toFixed(1)} LUFS, peak ${loudness.truePeakDbtp.toFixed(1)} dBTP`
        : "";
      return `output ${path}: ${durationSec.toFixed(3)} s, ${(sizeBytes / 1e6).toFixed(2)} MB, ${picture}, ${sound}${level}`;
    }),
  ];
}
