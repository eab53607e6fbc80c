import { median } from "../stats/mod.ts";
import { type CaseResult, isMeasured, type Measured } from "../types.ts";
import type { Account } from "./account.ts";
import { countStates } from "./rows.ts";

interface Gauge {
  readonly name: string;
  readonly help: string;
  readonly values: readonly { readonly labels: Readonly<Record<string, string>>; readonly value: Measured }[];
}

/**
 * For a node exporter's textfile collector. What was not measured has no series: a zero would be drawn as one. Write it
 * under another name and rename it, since the collector may read at any moment.
 */
export function renderPrometheus({ result, decision }: Account): string {
  const machine = result.environment.machineClass;
  const labelsOf = ({ backend, device, codec, effort, chain, clip }: CaseResult) => ({
    ...{ backend, device: device ?? "", codec, effort, chain, clip, machine_class: machine },
  });
  const perCase = (name: string, help: string, of: (one: CaseResult) => Measured): Gauge => ({
    name,
    help,
    values: result.cases.map((one) => ({ labels: labelsOf(one), value: of(one) })),
  });
  const whole = (name: string, help: string, value: number): Gauge => ({
    name,
    help,
    values: [{ labels: { machine_class: machine }, value }],
  });
  const gauges = [
    perCase("encode_fps", "Frames a second, median over the rounds.", (one) =>
      middle(one, ({ frames, wallSec }) => frames / wallSec),
    ),
    perCase("cpu_seconds_per_frame", "User and system time of one frame, median over the rounds.", (one) =>
      middle(one, ({ cpuSec, frames }) => (isMeasured(cpuSec) ? cpuSec / frames : cpuSec)),
    ),
    perCase("peak_memory_bytes", "Most memory that one encode held.", (one) =>
      middle(one, ({ peakBytes }) => peakBytes),
    ),
    perCase("output_bytes", "Size of the output.", (one) => middle(one, ({ bytes }) => bytes)),
    perCase("vmaf", "Mean VMAF against the source.", ({ scores }) => {
      if (!isMeasured(scores)) return scores;
      return isMeasured(scores.vmaf) ? scores.vmaf.mean : scores.vmaf;
    }),
    {
      name: "realtime_streams",
      help: "Streams that one device carries in real time.",
      values: result.sweeps.map(({ backend, encoder, realtime }) => ({
        labels: { backend, encoder, machine_class: machine },
        value: realtime,
      })),
    },
    {
      name: "joules_per_video_minute",
      help: "Energy for one minute of video, net of idle.",
      values: result.sweeps.map(({ backend, encoder, joulesPerMinute }) => ({
        labels: { backend, encoder, machine_class: machine },
        value: joulesPerMinute,
      })),
    },
    {
      name: "checks",
      help: "Checks of the gate by what they came to.",
      values: Object.entries(countStates(decision.checks)).map(([state, value]) => ({
        labels: { state: state.replace(" ", "_"), machine_class: machine },
        value,
      })),
    },
    whole("gate_passed", "Whether no check was missed.", decision.passed ? 1 : 0),
    whole("run_timestamp_seconds", "When the run began.", Date.parse(result.run.startedAt) / 1000),
  ];
  return gauges.map(gaugeText).join("");
}

function gaugeText({ name, help, values }: Gauge): string {
  const lines = values.flatMap(({ labels, value }) => {
    if (!isMeasured(value) || !Number.isFinite(value)) return [];
    const told = Object.entries(labels).map(([key, text]) => `${key}="${escapeLabel(text)}"`);
    return [`vendue_bench_${name}{${told.join(",")}} ${Number(value.toPrecision(9))}\n`];
  });
  if (lines.length === 0) return "";
  return `# HELP vendue_bench_${name} ${help}\n# TYPE vendue_bench_${name} gauge\n${lines.join("")}`;
}

function escapeLabel(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}

function middle(one: CaseResult, pick: (sample: CaseResult["samples"][number]) => Measured): Measured {
  const all = one.samples.filter(({ side, length }) => side === "candidate" && length === "long").map(pick);
  const had = all.filter((value) => isMeasured(value));
  const lack = all.find((value) => !isMeasured(value));
  return had.length > 0 ? median(had) : (lack ?? { notMeasured: "no round came through" });
}
