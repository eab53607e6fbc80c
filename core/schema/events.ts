import { type BackendBids, BREAKER_STATES, type ProbedCodec, type Reading, type RunEvent, VENDORS } from "../types.ts";
import { flag, list, maybe, number, shape, type Shape, text, union, word } from "./parts.ts";
import {
  accel,
  attempt,
  backend,
  code,
  codec,
  device,
  encoder,
  estimate,
  gain,
  jobReport,
  kind,
  report,
  stages,
} from "./report.ts";

type Told<Type extends RunEvent["type"]> = Extract<RunEvent, { readonly type: Type }>;
type Stamp = "v" | "time" | "run" | "type";

function event<const Type extends RunEvent["type"]>(
  type: Type,
  description: string,
  keys: Omit<Shape<Told<Type>>, Stamp>,
) {
  const stamp = {
    v: word([1], "The version of this format"),
    time: text("When, in UTC"),
    run: text("The run's id"),
    type: word([type], "What happened"),
  };
  return shape<Told<Type>>({ ...stamp, ...keys } as unknown as Shape<Told<Type>>, description);
}

const ratio = (what: string) => maybe(number(`${what}, from 0 to 1`));

const reading = union<Reading, "kind">(
  "kind",
  {
    gpu: shape<Extract<Reading, { kind: "gpu" }>>(
      {
        kind: word(["gpu"], "A card"),
        gpu: text("Its vendor, and its number by slot"),
        vendor: word(VENDORS, "Its vendor"),
        node: maybe(text("The node that encoders open it by")),
        name: maybe(text("Its name")),
        utilization: ratio("How busy it is"),
        encoder: ratio("How busy its encoder is"),
        decoder: ratio("How busy its decoder is"),
        memory_used_bytes: maybe(number("Memory in use")),
        memory_bytes: maybe(number("Memory")),
        celsius: maybe(number("Temperature")),
        watts: maybe(number("Power")),
        sessions: maybe(number("Encodes it is doing, of anyone")),
      },
      "What a card tells; what it does not tell is absent",
    ),
    cpu: shape<Extract<Reading, { kind: "cpu" }>>(
      { kind: word(["cpu"], "The processors"), joules: number("Energy used since the run began") },
      "What processors and memory have used",
    ),
    disk: shape<Extract<Reading, { kind: "disk" }>>(
      {
        kind: word(["disk"], "The disk of the outputs"),
        free_bytes: number("Room left"),
        size_bytes: number("Size"),
      },
      "Room on the disk that is written to",
    ),
  },
  "One reading of one sensor",
);

const probed = shape<ProbedCodec>(
  { backend, accel: flag("Whether it is a GPU"), codec, ok: flag("Whether it would bid for a plain encode") },
  "What a backend can encode here",
);

const bids = shape<BackendBids>(
  { backend, bids: number("Bids made"), wins: number("Bids that won"), passes: number("Tasks refused") },
  "How a backend fared in the auction",
);

const job = text("The job, as the plan names it");
const nth = number("Counted from one");

export const runEvent = union<RunEvent, "type">(
  "type",
  {
    "run.started": event("run.started", "A run begins", {
      pipeline: text("The pipeline's name"),
      jobs: number("Jobs of the plan"),
      vendue: text("The version of vendue"),
      ffmpeg: text("The version of ffmpeg"),
      accel,
    }),
    planned: event("planned", "What was decided before anything ran", {
      probes: list(probed, "Who can encode what here"),
      bids: list(bids, "Who bid how often"),
      estimate,
    }),
    "job.started": event("job.started", "A job begins", {
      job,
      kind,
      stages,
      queued_sec: number("How long it waited"),
    }),
    "attempt.started": event("attempt.started", "A bid is tried", {
      job,
      attempt: nth,
      backend,
      encoder,
      device,
      slots: maybe(number("Encodes the device takes at once")),
    }),
    progress: event("progress", "A job got on", {
      job,
      percent: number("From 0 to 100"),
      media_sec: number("Media done"),
      speed: number("Times real time"),
      fps: number("Frames a second"),
      eta_sec: number("Seconds left, at this speed"),
      backend,
      encoder,
      device,
    }),
    measured: event("measured", "Loudness was measured", { job, gains: list(gain, "By clip") }),
    "attempt.ended": event("attempt.ended", "A try came to its end", { job, attempt: nth, result: attempt }),
    fallback: event("fallback", "A job goes on with another bid", {
      job,
      from: backend,
      to: backend,
      variant: maybe(text("Set where the same backend goes on in a reduced form")),
      code,
      cause: text("The line that names the cause"),
    }),
    breaker: event("breaker", "A device was taken out of rotation, is tried again, or came back", {
      backend,
      device,
      state: word(BREAKER_STATES, "Closed is in use, open is at rest, half-open is on trial"),
    }),
    sensors: event("sensors", "What the machine tells of itself", { readings: list(reading, "By sensor") }),
    "job.ended": event("job.ended", "A job came to its end", { job, report: jobReport }),
    warning: event("warning", "Something to know", {
      stage: text("The stage it is about"),
      text: text("What to know"),
    }),
    "run.ended": event("run.ended", "The run is over", { report }),
  },
  "One line of `vendue run --json`",
);
