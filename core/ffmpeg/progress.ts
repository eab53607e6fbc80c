/** What `-progress` says, a few times a second. Numbers that ffmpeg does not know yet are the last known ones. */
export interface ProgressReport {
  readonly frame: number;
  readonly fps: number;
  readonly mediaSec: number;
  /** Multiple of real time. */
  readonly speed: number;
  readonly bytes: number;
  /** True in the last report. */
  readonly done: boolean;
}

export interface ProgressState {
  /** A line that has begun and not ended yet. */
  readonly rest: string;
  readonly report: ProgressReport;
}

/** Where {@link readProgress} starts. */
export const noProgress: ProgressState = {
  rest: "",
  report: { frame: 0, fps: 0, mediaSec: 0, speed: 0, bytes: 0, done: false },
};

/** Reads one more piece of the text, which may end anywhere, and answers the reports that it completes. */
export function readProgress(state: ProgressState = noProgress, chunk: string) {
  const lines = (state.rest + chunk).split("\n");
  const rest = lines.pop() ?? "";
  const reports: ProgressReport[] = [];
  let { report } = state;
  for (const line of lines) {
    const [key = "", value = ""] = line.split("=", 2).map((part) => part.trim());
    report = { ...report, ...readField(key, value) };
    if (key === "progress") reports.push(report);
  }
  return { state: { rest, report }, reports };
}

function readField(key: string, value: string): Partial<ProgressReport> {
  if (key === "progress") return { done: value === "end" };
  // `N/A` is no number, and before the first packet 5.1 gives a time far below zero.
  const number = Number.parseFloat(value);
  if (!(number >= 0)) return {};
  if (key === "frame") return { frame: number };
  if (key === "fps") return { fps: number };
  // The field named out_time_ms counts microseconds too.
  if (key === "out_time_us") return { mediaSec: number / 1e6 };
  if (key === "speed") return { speed: number };
  if (key === "total_size") return { bytes: number };
  return {};
}
