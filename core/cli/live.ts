import type { JobReport, RunEvent } from "../types.ts";
import type { Desk } from "./main.ts";
import { paint } from "./output.ts";

/** Shows a run while it happens: one live line per job on a terminal, plain lines anywhere else. */
export interface Display {
  show(event: RunEvent): void;
  end(): void;
}

const frameMs = 100;
const plainEveryMs = 10_000;

export function createDisplay(desk: Desk): Display {
  return desk.output.isTerminal && !desk.quiet ? liveDisplay(desk) : plainDisplay(desk);
}

function liveDisplay(desk: Desk): Display {
  const { output } = desk;
  const lines = new Map<string, string>();
  let drawn = 0;
  let lastMs = 0;
  function erase() {
    if (drawn > 0) output.draw(`\u001b[${drawn}A\u001b[0J`);
    drawn = 0;
  }
  function draw() {
    erase();
    for (const line of lines.values()) output.draw(`${line.slice(0, Math.max(20, output.columns - 1))}\n`);
    drawn = lines.size;
    lastMs = Date.now();
  }
  return {
    show(event) {
      if (event.type === "progress") lines.set(event.job, progressLine(event));
      else if (event.type === "job.started") lines.set(event.job, `${event.job}  starting`);
      else if (event.type === "job.ended") lines.delete(event.job);
      const text = noteOf(event, desk);
      if (text !== undefined) {
        erase();
        output.note(text);
      }
      if (text !== undefined || Date.now() - lastMs > frameMs) draw();
    },
    end: erase,
  };
}

function plainDisplay(desk: Desk): Display {
  const said = new Map<string, number>();
  return {
    show(event) {
      const text = noteOf(event, desk);
      if (text !== undefined) desk.output.note(text);
      if (desk.quiet) return;
      const nowMs = Date.now();
      if (event.type === "job.started") said.set(event.job, nowMs);
      if (event.type !== "progress" || nowMs - (said.get(event.job) ?? 0) < plainEveryMs) return;
      said.set(event.job, nowMs);
      desk.output.note(progressLine(event));
    },
    end: () => undefined,
  };
}

function progressLine({
  job,
  percent,
  speed,
  fps,
  eta_sec,
  encoder,
  device,
}: Extract<RunEvent, { type: "progress" }>): string {
  const rate = fps > 0 ? `  ${Math.round(fps)} fps` : "";
  return `${job}  ${percent.toFixed(0).padStart(3)} %  ${speed.toFixed(2)}x${rate}  ${eta(eta_sec)} left  ${encoder} on ${device}`;
}

/** What stays on the screen. A fallback is told even to those who want quiet. */
function noteOf(event: RunEvent, { quiet, verbose, output }: Desk): string | undefined {
  switch (event.type) {
    case "warning":
      return `${paint("warning", "yellow", output)}  ${event.stage}  ${event.text}`;
    case "fallback":
      return `${paint("fallback", "yellow", output)}  ${event.job}  ${event.from} gave up (${event.code}: ${event.cause}), going on with ${event.to}${event.variant ? ` (${event.variant})` : ""}`;
    case "attempt.ended":
      return event.result.next === undefined || event.result.next === "stop"
        ? undefined
        : `${paint(event.result.outcome, "red", output)}  ${event.job}  ${event.result.backend}: ${event.result.code}  ${event.result.cause ?? ""}`;
    case "attempt.started":
      return verbose
        ? `${event.job}  attempt ${event.attempt}: ${event.encoder} on ${event.device} (${event.backend})`
        : undefined;
    case "measured":
      return quiet
        ? undefined
        : event.gains
            .map(
              ({ name, integratedLufs, gainDb }) =>
                `measured  ${name}  ${integratedLufs.toFixed(1)} LUFS, gain ${gainDb >= 0 ? "+" : ""}${gainDb.toFixed(1)} dB`,
            )
            .join("\n");
    case "job.ended":
      return quiet && event.report.state !== "failed" ? undefined : endLine(event.report, output);
    default:
      return undefined;
  }
}

function endLine(report: JobReport, output: Desk["output"]): string | undefined {
  const { id, kind, state, wall_sec, speed, encoder, device, outputs, error } = report;
  if (kind === "measure" && state === "done") return undefined;
  if (error) return failureText(report, output);
  if (state !== "done") return `${state}  ${id}`;
  return `${paint("done", "green", output)}  ${id}  ${wall_sec.toFixed(1)} s  ${speed.toFixed(2)}x  ${encoder} on ${device}  ${outputs.map(({ path }) => path).join(", ")}`;
}

/** The cause first; then where it happened, what was tried, what to do, and where all of ffmpeg's words are. */
function failureText({ id, stages, attempts, error }: JobReport, output: Desk["output"]): string {
  const last = attempts.at(-1);
  const tried = attempts.map(({ encoder, device }) => `${encoder} on ${device.split(" ")[0]}`).join(", then ");
  const lines = [
    `${paint("failed", "red", output)}  ${id}  ${error?.code}  ${error?.message}`,
    `in: ${stages.join(" + ")}${tried ? `; tried ${tried}` : "; nothing was started"}`,
    ...(error?.hint ? [`hint: ${error.hint}`] : []),
    ...(last?.log ? [`log: ${last.log}`] : []),
  ];
  return lines.join("\n  ");
}

function eta(sec: number): string {
  if (sec < 60) return `${Math.ceil(sec)} s`;
  return sec < 3600 ? `${Math.floor(sec / 60)} min ${Math.round(sec % 60)} s` : `${(sec / 3600).toFixed(1)} h`;
}
