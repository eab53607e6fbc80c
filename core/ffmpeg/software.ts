import { gamutOf } from "../media/mod.ts";
import type { Color, Filter, Op } from "../types.ts";

/** What core does itself, in host memory, for every op that a backend hands back. */
export function inSoftware(op: Op): readonly Filter[] {
  switch (op.kind) {
    case "frames":
      if (op.pace === "source") return [{ name: "trim", args: { start: 0 }, on: "any" }];
      return [
        // Holds the newest frame at each tick, as a player shows it, so a frame from before zero is not lost.
        { name: "fps", args: { fps: `${op.rate.num}/${op.rate.den}`, start_time: 0, round: "near" }, on: "any" },
        // A range may end a frame after the last picture; two clones cover rounding, a truncated source stays short.
        { name: "tpad", args: { stop_mode: "clone", stop: 2 }, on: "any" },
        { name: "trim", args: { end_frame: op.count }, on: "any" },
      ];
    case "deinterlace":
      return [software("bwdif", { mode: "send_frame", parity: fieldOrder[op.parity], deint: "all" })];
    case "mirror":
      return [software(op.axis === "horizontal" ? "hflip" : "vflip"), upright];
    case "rotate":
      return [...turn[op.degrees], upright];
    case "crop":
      return [software("crop", { w: op.box.width, h: op.box.height, x: op.box.x, y: op.box.y })];
    case "scale":
      return gamutOf(op.from) === gamutOf(op.to) ? [scale(op)] : [regrade(op)];
    case "pad":
      return [software("pad", { w: op.width, h: op.height, x: op.x, y: op.y })];
    case "subtitles":
      return [software("subtitles", { filename: op.file })];
    case "tonemap":
      return tonemap(op);
    case "flatten":
      return [
        software("format", { pix_fmts: op.pixelFormat }),
        software("premultiply", { inplace: 1 }),
        software("format", { pix_fmts: op.pixelFormat.replace("a", "") }),
      ];
    case "format":
      return [software("format", { pix_fmts: op.pixelFormat })];
  }
}

/** What has been turned must not be turned again by a player. */
const upright: Filter = { name: "sidedata", args: { mode: "delete", type: "DISPLAYMATRIX" }, on: "any" };

const fieldOrder = { "top-first": "tff", "bottom-first": "bff", auto: "auto" } as const;

const turn: Readonly<Record<90 | 180 | 270, readonly Filter[]>> = {
  90: [software("transpose", { dir: "clock" })],
  180: [software("hflip"), software("vflip")],
  270: [software("transpose", { dir: "cclock" })],
};

/** What SDR white stands for in HDR, by BT.2408: what is darker keeps its brightness, what is brighter is bent under. */
const whiteNits = 203;

function tonemap({ from, to, peakNits }: Extract<Op, { kind: "tonemap" }>): readonly Filter[] {
  const { primaries: p = "bt709", transfer: t = "bt709", matrix: m = "bt709" } = to;
  const tin = from === "pq" ? "smpte2084" : "arib-std-b67";
  const peak = Number((peakNits / whiteNits).toFixed(3));
  return [
    software("zscale", { tin, pin: "bt2020", min: "bt2020nc", rin: "tv", t: "linear", npl: whiteNits }),
    software("format", { pix_fmts: "gbrpf32le" }),
    software("zscale", { p }),
    software("tonemap", { tonemap: "mobius", param: 0.3, desat: 0, peak }),
    software("zscale", { t, m, r: "tv", dither: "ordered" }),
    // What the HDR picture said of its light is no longer true.
    ...["MASTERING_DISPLAY_METADATA", "CONTENT_LIGHT_LEVEL"].map((type): Filter => ({
      name: "sidedata",
      args: { mode: "delete", type },
      on: "any",
    })),
  ];
}

type Scale = Extract<Op, { kind: "scale" }>;

function scale({ width: w, height: h, from, to }: Scale): Filter {
  return software("scale", { w, h, flags: "bicubic", ...conversion(from, to) });
}

/** Colours of another set of primaries go by way of linear light, which `scale` knows nothing of. */
function regrade({ width: w, height: h, from, to }: Scale): Filter {
  const own = { min: from.matrix, pin: from.primaries, tin: curve(from), rin: from.range };
  const made = { m: to.matrix, p: to.primaries, t: curve(to), r: to.range };
  const said = Object.entries({ ...own, ...made }).flatMap(([name, value]) => (value ? [[name, value] as const] : []));
  return software("zscale", { w, h, filter: "bicubic", ...Object.fromEntries(said) });
}

/** Transfer curves by the names zscale has; what it does not know lies near bt709. */
function curve({ transfer = "bt709" }: Color): string {
  return /^(?:bt709|smpte170m|bt2020-1[02]|iec61966-2-1|smpte2084|arib-std-b67|linear)$/.test(transfer)
    ? transfer
    : "bt709";
}

/** The scale filter knows the matrix by older names than the tags do. */
const matrixName: Readonly<Record<string, string>> = {
  bt709: "bt709",
  smpte170m: "smpte170m",
  bt470bg: "bt470",
  fcc: "fcc",
  smpte240m: "smpte240m",
  bt2020nc: "bt2020",
  bt2020c: "bt2020",
};

function conversion(from: Color, to: Color): Record<string, string> {
  const args: Record<string, string> = {};
  const [inMatrix, outMatrix] = [matrixName[from.matrix ?? ""], matrixName[to.matrix ?? ""]];
  // RGB has no matrix to come from, but the one to go to has to be said, or swscale takes the oldest.
  if (outMatrix && inMatrix !== outMatrix)
    Object.assign(args, { ...(inMatrix && { in_color_matrix: inMatrix }), out_color_matrix: outMatrix });
  if (from.range && to.range && from.range !== to.range)
    Object.assign(args, { in_range: from.range, out_range: to.range });
  return args;
}

function software(name: string, args?: Record<string, string | number>): Filter {
  return { name, ...(args && { args }), on: "system" };
}
