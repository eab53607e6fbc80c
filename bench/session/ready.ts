import { CODECS, type Codec, type Command, type Effort, type Size } from "../../core/types.ts";
import { caseId } from "../baseline/mod.ts";
import { kbpsFor, type PlannedEncode, planEncode, type RateWish, redacted, timed, type Timed } from "../cases/mod.ts";
import type { SourceClip } from "../clips/mod.ts";
import type { Absent, Case, CaseResult, Chain } from "../types.ts";
import type { BenchDesk } from "./desk.ts";

/** A case with the commands that make it. */
export interface ReadyCase extends Case {
  readonly plan: PlannedEncode;
  readonly source: SourceClip;
  readonly long: Timed;
  /** A quarter of the frames: the difference to the long run is free of start-up. */
  readonly short?: Timed;
  readonly reference?: string;
  readonly shownArgs: readonly string[];
}

export interface CaseWish {
  readonly backends?: readonly string[];
  readonly codecs?: readonly Codec[];
  readonly effort: Effort;
  readonly chains?: readonly Chain[];
  readonly twoLengths: boolean;
  readonly size?: Size;
  readonly rate?: RateWish;
}

export interface Readied {
  readonly cases: readonly ReadyCase[];
  readonly absent: readonly Absent[];
}

/** Every backend that is ready, on each codec it bids for, on each clip; and who is not, with the survey's reason. */
export function readyCases(clips: readonly SourceClip[], wish: CaseWish, desk: BenchDesk): Readied {
  const { survey } = desk;
  const asked = survey.backends.filter(({ name }) => wish.backends?.includes(name) ?? true);
  const absent = asked.flatMap(({ name, probe }): readonly Absent[] =>
    probe.state === "absent" ? [{ backend: name, reason: probe.reason }] : [],
  );
  const ready = asked.filter(({ probe }) => probe.state === "ready");
  const refused: Absent[] = [];
  const cases = ready.flatMap(({ name: backend }) =>
    (wish.codecs ?? CODECS).flatMap((codec) =>
      clips.flatMap((source) => {
        const made = readyOne({ backend, codec, source, wish, desk });
        if (typeof made !== "string") return made;
        // A pass on a codec is no gap in the bench; one that was asked for by name is.
        const known = refused.some((one) => one.backend === backend && one.what === codec && one.reason === made);
        if (wish.codecs && !known) refused.push({ backend, what: codec, reason: made });
        return [];
      }),
    ),
  );
  return { cases: withReferences(cases), absent: [...absent, ...refused] };
}

interface OneWish {
  readonly backend: string;
  readonly codec: Codec;
  readonly source: SourceClip;
  readonly wish: CaseWish;
  readonly desk: BenchDesk;
}

function readyOne({ backend, codec, source, wish, desk }: OneWish): readonly ReadyCase[] | string {
  const { effort, chains = ["full"], twoLengths, size: wanted } = wish;
  const size = wanted ?? { width: source.video.width, height: source.video.height };
  const rate = wish.rate ?? { kind: "bitrate", kbps: kbpsFor(source, size) };
  const folder = desk.rig.scratch;
  const name = `${backend}-${codec}-${effort}-${source.id}`;
  const common = { backend, codec, effort, rate, clip: source, folder, ...(wanted && { size: wanted }) };
  const planned = planEncode({ ...common, name }, desk);
  if (!planned.ok) return planned.reason;
  const shortFrames = Math.max(8, Math.floor(source.frames / 4));
  const brief = twoLengths ? planEncode({ ...common, name: `${name}-short`, frames: shortFrames }, desk) : undefined;
  const [command] = planned.plan.commands;
  const briefCommand = brief?.ok ? brief.plan.commands[0] : undefined;
  if (command === undefined || planned.plan.commands.length > 1) return "it takes more than one pass";
  return chains.map((chain) => {
    const part: Omit<Case, "id"> = {
      ...{ backend, encoder: planned.plan.encoder, codec, effort, chain, clip: source.id, size },
      ...(planned.plan.accel && { device: planned.plan.device.split(" ")[0] ?? "gpu" }),
      clipSec: source.info.durationSec,
      rate: rate.kind === "bitrate" ? rate : { kind: "quality", knob: "crf" in rate ? rate.crf : rate.quality },
    };
    return {
      ...part,
      id: caseId(part),
      plan: planned.plan,
      source,
      ...lengths(command, briefCommand, chain),
      shownArgs: shown(command, source),
    };
  });
}

function lengths(command: Command, brief: Command | undefined, chain: Chain) {
  return { long: timed(command, chain), ...(brief && { short: timed(brief, chain) }) };
}

function shown({ args, writes }: Command, { path }: SourceClip): readonly string[] {
  return redacted(args, { [path]: "<clip>", [writes[0] ?? ""]: "<out>" });
}

/** The cpu case of the same codec, effort, chain and clip is what the others are held against. */
function withReferences(cases: readonly ReadyCase[]): readonly ReadyCase[] {
  return cases.map((one) => {
    const reference = cases.find(
      (other) =>
        other.backend === "cpu" &&
        one.backend !== "cpu" &&
        other.codec === one.codec &&
        other.chain === one.chain &&
        other.clip === one.clip,
    );
    return reference ? { ...one, reference: reference.id } : one;
  });
}

/** A case as a result shows it, before it has samples. */
export function plainCase({
  plan: _,
  source: __,
  long: ___,
  short: ____,
  shownArgs,
  ...one
}: ReadyCase): Omit<CaseResult, "samples" | "failures" | "scores" | "deterministic"> {
  return { ...one, args: shownArgs };
}
