import type { Color, Filter, Op } from "../types.ts";

/** What core does itself, in host memory, for every op that a backend hands back. */
export function inSoftware(op: Op): readonly Filter[] {
  switch (op.kind) {
    case "frames":
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
      return [software("scale", { w: op.width, h: op.height, flags: "bicubic", ...conversion(op.from, op.to) })];
    case "pad":
      return [software("pad", { w: op.width, h: op.height, x: op.x, y: op.y })];
    case "tonemap":
      return tonemap(op.from);
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

/** Light is mapped in linear RGB; 100 nits is what SDR white stands for. */
function tonemap(from: "pq" | "hlg"): readonly Filter[] {
  const transfer = from === "pq" ? "smpte2084" : "arib-std-b67";
  return [
    software("zscale", { tin: transfer, pin: "bt2020", min: "bt2020nc", rin: "tv", t: "linear", npl: 100 }),
    software("format", { pix_fmts: "gbrpf32le" }),
    software("zscale", { p: "bt709" }),
    software("tonemap", { tonemap: "hable", desat: 0 }),
    software("zscale", { t: "bt709", m: "bt709", r: "tv" }),
  ];
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
