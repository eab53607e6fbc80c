import type { Filter, Op, Task, VideoInfo } from "vendue/backend";
import { isBefore } from "./args.ts";
import type { Device, Facts } from "./facts.ts";

/** Where the pictures of a task are decoded, and what then happens to them. */
export interface Route {
  /** Frames come out of the decoder on the card. */
  readonly decodes: boolean;
  readonly steps: readonly (Filter | Op)[];
  /** Why the ops stay in software. */
  readonly refusal?: string;
}

/**
 * All on the card or all in software: one op in the middle that the card lacks costs two crossings, which is dearer
 * than filtering on the CPU.
 */
export function route(task: Task, device: Device, facts: Facts): Route {
  const software = { decodes: false, steps: task.ops };
  if (task.variant === "software decode") return { ...software, refusal: "it runs in software after a failed attempt" };
  const steps: Filter[] = [];
  let depth = Math.max(8, ...task.inputs.map(({ bitDepth }) => bitDepth));
  for (const op of task.ops) {
    const own = op.kind === "frames" ? [op] : onCuda(op, depth, { device, facts });
    if (own === undefined) return { ...software, refusal: `${op.kind} has no CUDA filter here that does just that` };
    steps.push(...(own as readonly Filter[]));
    if (op.kind === "format") depth = depthOf(op.pixelFormat) ?? depth;
  }
  const decodes = task.decodes && task.inputs.length > 0 && task.inputs.every((one) => decodesOne(one, device));
  // Nothing to do up there: a lone change of format is not worth a crossing.
  return decodes || steps.some(({ on }) => on === "cuda") ? { decodes, steps } : software;
}

function onCuda(
  op: Exclude<Op, { kind: "frames" }>,
  depth: number,
  { device, facts }: { device: Device; facts: Facts },
) {
  const { filters } = device;
  switch (op.kind) {
    case "deinterlace": {
      const name = ["bwdif_cuda", "yadif_cuda"].find((one) => filters.includes(one));
      return name && [cuda(name, { mode: "send_frame", parity: parities[op.parity], deint: "all" })];
    }
    case "crop": {
      // Up to 7.1 scale_cuda takes no notice of a crop; without passthrough=0 the pixels would stay.
      if (isBefore(facts.release, [8, 0]) || !filters.includes("scale_cuda")) return undefined;
      const { width: w, height: h, x, y } = op.box;
      return [cuda("crop", { w, h, x, y }), cuda("scale_cuda", { w, h, passthrough: 0 })];
    }
    case "scale": {
      const recolors = op.from.matrix !== op.to.matrix || op.from.range !== op.to.range;
      if (recolors || !filters.includes("scale_cuda")) return undefined;
      return [cuda("scale_cuda", { w: op.width, h: op.height, interp_algo: "bicubic" })];
    }
    case "pad":
      return filters.includes("pad_cuda")
        ? [cuda("pad_cuda", { w: op.width, h: op.height, x: op.x, y: op.y })]
        : undefined;
    case "format": {
      const wanted = depthOf(op.pixelFormat);
      if (wanted === depth) return [];
      if (wanted === undefined || !filters.includes("scale_cuda")) return undefined;
      return [cuda("scale_cuda", { format: wanted === 10 ? "p010le" : "nv12" })];
    }
    default:
      return undefined;
  }
}

const parities = { "top-first": "tff", "bottom-first": "bff", auto: "auto" } as const;

function cuda(name: string, args: Record<string, string | number>): Filter {
  return { name, args, on: "cuda" };
}

/** Only 4:2:0 lives on the card; anything else answers undefined. */
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
