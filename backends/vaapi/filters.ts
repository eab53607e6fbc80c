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
  for (const [nth, op] of task.ops.entries()) {
    const own = op.kind === "frames" ? [op] : onVaapi(op, { depth, next: task.ops[nth + 1], device });
    if (own === undefined) return { ...software, refusal: `${op.kind} has no VAAPI filter here that does just that` };
    steps.push(...own);
    if (op.kind === "format") depth = depthOf(op.pixelFormat) ?? depth;
  }
  const decodes = task.decodes && task.inputs.length > 0 && task.inputs.every((one) => decodesOne(one, device));
  // Nothing to do up there: a lone change of format is not worth a crossing.
  return decodes || steps.some((step) => "on" in step && step.on === "vaapi") ? { decodes, steps } : software;
}

interface Place {
  readonly depth: number;
  readonly next: Op | undefined;
  readonly device: Device;
}

function onVaapi(op: Exclude<Op, { kind: "frames" }>, { depth, next, device }: Place): readonly Filter[] | undefined {
  const has = (name: string) => device.filters.includes(name);
  switch (op.kind) {
    case "deinterlace":
      // It goes by each frame's own field order, so a guess has to stay with software.
      return op.parity !== "auto" && has("deinterlace_vaapi")
        ? [vaapi("deinterlace_vaapi", { rate: "frame", auto: 0 })]
        : undefined;
    case "mirror":
      return has("transpose_vaapi") ? turned(flips[op.axis]) : undefined;
    case "rotate":
      return has("transpose_vaapi") ? turned(directions[op.degrees]) : undefined;
    case "crop": {
      // Only marks the frame; a scale that changes the size then does it, and one that does not passes it by.
      const { width: w, height: h, x, y } = op.box;
      const resizes = next?.kind === "scale" && (next.width !== w || next.height !== h);
      return resizes && has("scale_vaapi") ? [vaapi("crop", { w, h, x, y })] : undefined;
    }
    case "scale": {
      const recolors = op.from.matrix !== op.to.matrix || op.from.range !== op.to.range;
      if (recolors || !has("scale_vaapi")) return undefined;
      return [vaapi("scale_vaapi", { w: op.width, h: op.height, mode: "hq" })];
    }
    case "pad":
      return has("pad_vaapi") ? [vaapi("pad_vaapi", { w: op.width, h: op.height, x: op.x, y: op.y })] : undefined;
    case "format": {
      const wanted = depthOf(op.pixelFormat);
      if (wanted === depth) return [];
      if (wanted === undefined || !has("scale_vaapi")) return undefined;
      return [vaapi("scale_vaapi", { format: wanted === 10 ? "p010" : "nv12" })];
    }
    default:
      return undefined;
  }
}

const directions = { 90: "clock", 180: "reversal", 270: "cclock" } as const;
const flips = { horizontal: "hflip", vertical: "vflip" } as const;

/** What has been turned must not be turned again by a player. */
function turned(dir: string): readonly Filter[] {
  return [
    vaapi("transpose_vaapi", { dir }),
    { name: "sidedata", args: { mode: "delete", type: "DISPLAYMATRIX" }, on: "any" },
  ];
}

function vaapi(name: string, args: Record<string, string | number>): Filter {
  return { name, args, on: "vaapi" };
}

/** Only 4:2:0 goes up to the device; anything else answers undefined. */
export function depthOf(pixelFormat: string): 8 | 10 | undefined {
  if (/^(?:yuvj?420p|nv12)$/.test(pixelFormat)) return 8;
  return /^(?:yuv420p10|p010)(?:le)?$/.test(pixelFormat) ? 10 : undefined;
}

/** What a trial decoded. There is no clip of MPEG-2 to try, and its decoder came with the same chips as that of h264. */
function decodesOne({ codec, pixelFormat, width, height }: VideoInfo, { decodes }: Device): boolean {
  const depth = depthOf(pixelFormat);
  const most = codec === "h264" ? 4096 : 8192;
  if (depth === undefined || width < 256 || height < 128 || width > most || height > most) return false;
  const tried =
    codec === "mpeg2video" ? decodes.h264?.filter((one) => one === 8) : new Map(Object.entries(decodes)).get(codec);
  return tried?.includes(depth) ?? false;
}
