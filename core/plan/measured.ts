import { comesTo } from "../backend/mod.ts";
import { toNumber } from "../media/mod.ts";
import type { Bid, Encode, Measurement, Size, SizeClass, Task } from "../types.ts";

/** The class of a size, by its pixels: a phone's portrait counts like a screen's landscape. */
export function sizeClassOf({ width, height }: Size): SizeClass {
  const pixels = width * height;
  if (pixels <= 720 * 576) return "sd";
  if (pixels <= 1280 * 720) return "hd";
  return pixels <= 1920 * 1088 ? "fhd" : "uhd";
}

interface Overruling {
  readonly measured: readonly Measurement[];
  readonly backend: string;
  readonly accel: boolean;
  /** What the backend claims of the encode alone; undefined where it does not bid on that. */
  readonly alone: () => Pick<Bid, "speed"> | undefined;
}

/**
 * A bid with what was measured in place of what was claimed, and each number marked as one or the other. A claim covers
 * all that a task does, and the bench times the encode, so of the rest the claim stays.
 */
export function overrule(bid: Bid, task: Task, { measured, backend, accel, alone }: Overruling): Bid {
  const { encode } = task;
  if (encode === undefined) return { ...bid, basis: "claimed" };
  const own = measured.filter(
    (one) =>
      one.backend === backend &&
      one.encoder === (bid.encoder ?? backend) &&
      one.device === (bid.device ?? defaultDevice(accel)) &&
      one.codec === encode.codec &&
      one.effort === encode.effort,
  );
  const exact = own.find(({ sizeClass }) => sizeClass === sizeClassOf(encode));
  const speed = exact?.pace && measuredSpeed(bid, task, { encode, pace: exact.pace, alone });
  const told = accel ? equalQuality(encode, exact?.equal ?? own.find(({ equal }) => equal)?.equal) : undefined;
  return {
    ...bid,
    speed: speed ?? bid.speed,
    basis: speed === undefined ? "claimed" : "measured",
    quality: exact?.quality ?? bid.quality,
    qualityBasis: exact?.quality === undefined ? "claimed" : "measured",
    ...(told !== undefined && { equalQuality: told }),
  };
}

/** How a bid that names no device is called in plans and measurements. */
export function defaultDevice(accel: boolean): string {
  return accel ? "gpu" : "cpu";
}

function measuredSpeed(
  bid: Bid,
  { seconds }: Task,
  { encode, pace, alone }: Pick<Overruling, "alone"> & { readonly encode: Encode; readonly pace: Pace },
): number {
  const pixelsPerSec = encode.width * encode.height * toNumber(encode.fps);
  const claimedAlone = alone();
  const rest = claimedAlone ? Math.max(0, 1 / bid.speed - 1 / claimedAlone.speed) : 0;
  const load = rest + pixelsPerSec / pace.pixelsPerSec;
  // Where there is little to do, opening a device is most of the time.
  const started = seconds > 0 ? pace.startSec / seconds : 0;
  return Number((1 / (load + started)).toPrecision(3));
}

type Pace = NonNullable<Measurement["pace"]>;

/** Software is never told another quality: `accel: off` builds the same command on every machine. */
function equalQuality({ rate }: Encode, equal: Measurement["equal"] = []): number | undefined {
  const [first] = equal;
  const last = equal.at(-1);
  if (rate.kind !== "quality" || !first || !last) return undefined;
  const asked = rate.quality;
  const after = equal.findIndex(([at]) => at >= asked);
  if (after === -1) return clamp(last[1] + asked - last[0]);
  const high = equal[after] ?? last;
  const low = equal[after - 1];
  // Past the ends of what was measured, the distance from the end is kept.
  if (low === undefined) return clamp(first[1] + asked - first[0]);
  return clamp(low[1] + ((high[1] - low[1]) * (asked - low[0])) / (high[0] - low[0]));
}

function clamp(quality: number): number {
  return Math.min(100, Math.max(0, Number(quality.toFixed(1))));
}

/** The task as its winner is asked for arguments: with the quality that gives the picture that was asked for. */
export function toldTask(task: Task, { equalQuality: told }: Pick<Bid, "equalQuality">): Task {
  const { encode } = task;
  if (told === undefined || encode === undefined || encode.rate.kind !== "quality") return task;
  return { ...task, encode: { ...encode, rate: comesTo({ kind: "quality", quality: told }, encode) } };
}
