import type { Filter, Op, Task, VideoInfo } from "vendue/backend";
import type { Device } from "./facts.ts";

/** Where the pictures of a task are decoded, and what then happens to them. */
export interface Route {
  /** Frames come out of the decoder on the device. */
  readonly decodes: boolean;
  readonly steps: readonly (Filter | Op)[];
  /** Why the ops stay in software. */
  readonly refusal?: string;
}

/**
 * All on the device or all in software: one op in the middle that the device lacks costs two crossings, which is
 * dearer than filtering on the CPU.
 */
export function route(task: Task, device: Device): Route {
  const software = { decodes: false, steps: task.ops };
  if (task.variant === "software decode") return { ...software, refusal: "it runs in software after a failed attempt" };
  const steps: (Filter | Op)[] = [];
  let depth = Math.max(8, ...task.inputs.map(({ bitDepth }) => bitDepth));
  for (const op of task.ops) {
    const own = op.kind === "frames" ? [op] : onQsv(op, depth, device);
    if (own === undefined) return { ...software, refusal: `${op.kind} has no QSV filter here that does just that` };
    steps.push(...own);
    if (op.kind === "format") depth = depthOf(op.pixelFormat) ?? depth;
  }
  const decodes = task.decodes && task.inputs.length > 0 && task.inputs.every((one) => decodesOne(one, device));
  // Nothing to do up there: a lone change of format is not worth a crossing.
  return decodes || steps.some((step) => "on" in step && step.on === "qsv") ? { decodes, steps } : software;
}

function onQsv(op: Exclude<Op, { kind: "frames" }>, depth: number, { chores }: Device): readonly Filter[] | undefined {
  switch (op.kind) {
    case "deinterlace":
      // It goes by each frame's own field order, so a guess has to stay with software.
      return op.parity !== "auto" && chores.includes("deinterlace") ? [vpp({ deinterlace: "advanced" })] : undefined;
    case "mirror":
      return chores.includes("transpose") ? turned(flips[op.axis]) : undefined;
    case "rotate":
      return chores.includes("transpose") ? turned(directions[op.degrees]) : undefined;
    case "crop": {
      // The crop filter itself is ignored here.
      const { width, height, x, y } = op.box;
      const box = { cw: width, ch: height, cx: x, cy: y };
      return chores.includes("crop") ? [vpp({ ...box, w: width, h: height })] : undefined;
    }
    case "scale": {
      const recolors = op.from.matrix !== op.to.matrix || op.from.range !== op.to.range;
      if (recolors || !chores.includes("scale")) return undefined;
      return [vpp({ w: op.width, h: op.height, scale_mode: 2 })];
    }
    case "format": {
      const wanted = depthOf(op.pixelFormat);
      if (wanted === depth) return [];
      if (wanted === undefined || !chores.includes("scale")) return undefined;
      return [vpp({ format: wanted === 10 ? "p010" : "nv12" })];
    }
    default:
      return undefined;
  }
}

const directions = { 90: "clock", 180: "reversal", 270: "cclock" } as const;
const flips = { horizontal: "hflip", vertical: "vflip" } as const;

/** What has been turned must not be turned again by a player. */
function turned(transpose: string): readonly Filter[] {
  return [vpp({ transpose }), { name: "sidedata", args: { mode: "delete", type: "DISPLAYMATRIX" }, on: "any" }];
}

export function vpp(args: Record<string, string | number>): Filter {
  return { name: "vpp_qsv", args, on: "qsv" };
}

/** Only 4:2:0 goes up to the device; anything else answers undefined. */
export function depthOf(pixelFormat: string): 8 | 10 | undefined {
  if (/^(?:yuvj?420p|nv12)$/.test(pixelFormat)) return 8;
  return /^(?:yuv420p10|p010)(?:le)?$/.test(pixelFormat) ? 10 : undefined;
}

/** Only what a trial decoded. */
function decodesOne({ codec, pixelFormat, width, height }: VideoInfo, { decodes }: Device): boolean {
  const depth = depthOf(pixelFormat);
  const most = codec === "h264" ? 4096 : 8192;
  if (depth === undefined || width < 256 || height < 128 || width > most || height > most) return false;
  return new Map(Object.entries(decodes)).get(codec)?.includes(depth) ?? false;
}
