import { formatGrid } from "../plan/mod.ts";
import type { JobReport, Report } from "../types.ts";
import { attemptWords, costWords, energyWords, gainWords, header, jobCells, outputWords, seconds } from "./words.ts";

/** What ran, where, how fast and why, as a person reads it. */
export function reportText(report: Report): string {
  const { pipeline, state, wall_sec, run, jobs, warnings } = report;
  const idle = jobs.length > 0 && jobs.every((job) => job.state === "unchanged");
  return [
    `${pipeline}  ${state}  ${seconds(wall_sec)}  run ${run}`,
    ...(idle ? ["nothing to do: every output is what it should be, and no encoder was started"] : []),
    formatGrid([header, ...jobs.map(jobCells)]),
    ...jobs.flatMap(attemptLines),
    ...jobs.flatMap(outcomeLines),
    ...(idle ? [] : [`cost ${costWords(report)}`, `energy ${energyWords(report.joules)}`]),
    ...warnings.map(({ stage, text }) => `warning  ${stage}  ${text}`),
  ].join("\n");
}

export function reportMarkdown(report: Report): string {
  const { pipeline, state, wall_sec, run, jobs, warnings } = report;
  const line = (cells: readonly string[]) => `| ${cells.map(plain).join(" | ")} |`;
  return [
    `## ${pipeline}: ${state} in ${seconds(wall_sec)}`,
    "",
    line(header),
    line(header.map(() => "---")),
    ...jobs.map((job) => line(jobCells(job))),
    "",
    ...jobs.flatMap((job) => [...attemptLines(job), ...outcomeLines(job)]).map((text) => `- ${plain(text)}`),
    `- cost ${plain(costWords(report))}`,
    `- energy ${energyWords(report.joules)}`,
    ...warnings.map(({ stage, text }) => `- warning ${plain(stage)}: ${plain(text)}`),
    "",
    `Run \`${run}\``,
  ].join("\n");
}

/** What Markdown would read as its own. */
function plain(text: string): string {
  return text.replace(/[\\|<>*_`[\]]/g, String.raw`\$&`).replace(/\s+/g, " ");
}

/** Attempts are only worth a line where one of them failed. */
function attemptLines({ id, attempts, error }: JobReport): readonly string[] {
  if (attempts.every(({ outcome }) => outcome === "done"))
    return error ? [`${id} failed ${error.code}: ${error.message}`] : [];
  return attempts.map((attempt, nth) => `attempt ${nth + 1} of ${id}: ${attemptWords(attempt)}`);
}

function outcomeLines({ outputs, gains }: JobReport): readonly string[] {
  return [
    ...gains.map((gain) => `gain ${gainWords(gain)}`),
    ...outputs.map((output) => `output ${outputWords(output)}`),
  ];
}
