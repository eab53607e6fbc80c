import { ERROR_CODES } from "../errors.ts";
import {
  type Amount,
  type Attempt,
  type Check,
  CODECS,
  type CostEstimate,
  JOB_STATES,
  type JobReport,
  type Joules,
  type MeasuredGain,
  OUTCOMES,
  type OutputReport,
  type Rational,
  type Report,
  type RunCost,
  type Warning,
} from "../types.ts";
import { flag, type Json, list, maybe, number, type Schema, shape, text, word } from "./parts.ts";

export const backend = text("Who did it: nvenc, cpu, core, ...");
export const encoder = text("ffmpeg's name of the encoder");
export const device = text("Which card or node; cpu for software");
export const code = text(`The class of the failure, such as ${ERROR_CODES.slice(0, 3).join(", ")}`);
export const stages = list(text("A stage's id"), "The stages that are done in this job");
export const kind = word(["measure", "render"], "A pass that only measures, or one that makes files");
export const accel = word(["preferred", "required", "off"], "Who wants the GPU");

const rational = shape<Rational>({ num: number("Numerator"), den: number("Denominator") }, "A fraction");

const joules = shape<Joules>(
  {
    cpu: maybe(number("Of processors and memory")),
    gpu: maybe(number("Of cards")),
  },
  "Energy used, in joules; absent where nothing measures it",
);

/** An amount or a reason; never both, never neither. */
function amount<Value extends Amount>(description: string, more: Json = {}): Schema<Value> {
  const properties = {
    amount: { type: "number", description: "What it cost" },
    unknown: { type: "string", description: "Why it is not known" },
    currency: { type: "string", description: "Three letters, such as EUR" },
    ...more,
  };
  return {
    json: { type: "object", description, properties, oneOf: [{ required: ["amount"] }, { required: ["unknown"] }] },
  };
}

const check = shape<Check>(
  {
    name: text("What was looked at"),
    ok: flag("Whether it is as planned"),
    expected: text("What the plan promised"),
    found: text("What the file holds"),
  },
  "One thing that was looked at before an output counted",
);

export const gain = shape<MeasuredGain>(
  {
    name: text("The clip and the stage that wished for it"),
    integratedLufs: number("Loudness as measured; -200 stands for silence"),
    truePeakDbtp: number("True peak as measured"),
    gainDb: number("What is applied"),
    shortfallLu: number("How far the result stays below its target because of the peak limit"),
    ceilingDb: maybe(number("Where a limiter holds the peaks, where it has to")),
  },
  "A measured loudness and the gain that follows from it",
);

export const attempt = shape<Attempt>(
  {
    backend,
    encoder,
    device,
    variant: maybe(text("Which reduced form of the bid this was")),
    accel: flag("Whether it was on a GPU"),
    outcome: word(OUTCOMES, "How it ended"),
    code: maybe(code),
    cause: maybe(text("The line of ffmpeg that names the cause")),
    hint: maybe(text("What to do about it")),
    next: maybe(word(["same", "next-bid", "stop"], "What came after it")),
    started_sec: number("When it began, counted from the start of the run"),
    wallSec: number("How long it took"),
    busy_sec: number("Its share of the time its device was busy"),
    joules: maybe(joules),
    log: maybe(text("The file with all that ffmpeg said")),
  },
  "One try of one bid",
);

const video = shape<NonNullable<OutputReport["video"]>>(
  {
    codec: text("Codec"),
    width: number("Pixels"),
    height: number("Pixels"),
    fps: rational,
    frames: number("Frames counted by decoding all of it"),
  },
  "The picture",
);

const audio = shape<OutputReport["audio"][number]>(
  { codec: text("Codec"), sampleRate: number("Hertz"), channels: number("Channels") },
  "One sound track",
);

const loudness = shape<NonNullable<OutputReport["loudness"]>>(
  {
    integratedLufs: number("Loudness"),
    truePeakDbtp: number("True peak"),
    trimDb: maybe(number("What the whole was turned up or down by after the first encode")),
    shortfallLu: maybe(number("How far it stays below the target because of the peak limit")),
  },
  "The first sound track, measured in the finished file",
);

const output = shape<OutputReport>(
  {
    path: text("The file"),
    sizeBytes: number("Its size"),
    durationSec: number("Its length"),
    video: maybe(video),
    audio: list(audio, "Its sound tracks"),
    driftSec: maybe(
      number("How much later the sound ends than the picture, as muxed; a codec's last block is part of it"),
    ),
    loudness: maybe(loudness),
    checks: list(check, "What was looked at"),
  },
  "A finished file as it was measured afterwards",
);

const failure = shape<NonNullable<JobReport["error"]>>(
  { code, message: text("The cause"), hint: maybe(text("What to do about it")) },
  "Why it did not end well",
);

export const jobReport = shape<JobReport>(
  {
    id: text("The job, as the plan names it"),
    kind,
    state: word(JOB_STATES, "How it ended"),
    stages,
    stage_kinds: list(word(["normalize", "cut", "concat", "export"], "A kind of stage"), "The kinds of its stages"),
    backend,
    encoder,
    device,
    gpu_accel: flag("Whether a GPU did it"),
    gpu_fallback: flag("Whether a GPU was tried and something else did it in the end"),
    speed: number("Times real time"),
    queued_sec: number("How long it waited for a turn"),
    started_sec: number("When it began, counted from the start of the run"),
    wall_sec: number("How long it took, all attempts together"),
    media_sec: number("Length of what it made or measured"),
    busy_sec: number("Its share of the time its devices were busy"),
    joules: maybe(joules),
    cost: maybe(amount<NonNullable<JobReport["cost"]>>("What it cost, every attempt counted")),
    outputs: list(output, "What it made"),
    attempts: list(attempt, "Every try, in order"),
    why: text("Why it was run, or why it did not need to be"),
    error: maybe(failure),
    gains: list(gain, "What it measured"),
  },
  "The account of one job",
);

export const warning = shape<Warning>(
  { stage: text("The stage it is about"), text: text("What to know") },
  "A warning",
);

export const estimate = shape<Report["estimate"]>(
  {
    sec: number("Seconds"),
    diskBytes: number("Bytes on disk"),
    cost: maybe(amount<CostEstimate>("What it will cost")),
  },
  "What the plan expects",
);

const perMinute = { per_output_minute: { type: "number", description: "The same for each minute of finished media" } };

export const report = shape<Report>(
  {
    version: word([1], "The version of this format"),
    run: text("The run's id: its time, and a mark of its own"),
    pipeline: text("The pipeline's name"),
    state: word(["done", "failed", "partial", "cancelled"], "How it ended"),
    started: text("When it began, in UTC"),
    wall_sec: number("How long it took"),
    vendue: text("The version of vendue"),
    ffmpeg: text("The version of ffmpeg"),
    accel,
    estimate,
    joules: maybe(joules),
    cost: amount<RunCost>("What it cost", perMinute),
    jobs: list(jobReport, "Every job of the plan, in its order"),
    warnings: list(warning, "What to know"),
  },
  "The account of a run",
);

export const codec = word(CODECS, "A codec");
