import { type Chain, renderGraph } from "../../core/ffmpeg/mod.ts";
import type { Filter, Rational, Size } from "../../core/types.ts";

/** What both pictures are brought to before they are compared. */
export interface Stand {
  readonly size: Size;
  readonly pixelFormat: string;
  readonly fps: Rational;
}

export interface Logs {
  readonly psnr: string;
  readonly ssim: string;
  readonly encodedLevels: string;
  readonly sourceLevels: string;
  /** Absent where nothing here has VMAF. */
  readonly vmaf?: { readonly file: string; readonly models: readonly string[]; readonly threads: number };
}

/**
 * The one way in which two pictures are compared: the encode first, the source second, both at one size and format, and
 * paired by the number of the frame. Matroska and WebM keep times in whole milliseconds, and pairing by time would
 * then hold every third frame against its neighbour.
 */
export function compareGraph(stand: Stand, logs: Logs): string {
  const ends = logs.vmaf ? ["0", "1", "2", "3"] : ["0", "1", "2"];
  return renderGraph([
    branch(
      "0:v:0",
      stand,
      ends.map((nth) => `d${nth}`),
    ),
    branch(
      "1:v:0",
      stand,
      ends.map((nth) => `r${nth}`),
    ),
    { from: ["d0", "r0"], filters: [meter("psnr", { stats_file: logs.psnr, shortest: 1 }), sink], to: [] },
    { from: ["d1", "r1"], filters: [meter("ssim", { stats_file: logs.ssim, shortest: 1 }), sink], to: [] },
    ...(logs.vmaf ? [{ from: ["d3", "r3"], filters: [vmafFilter(logs.vmaf), sink], to: [] }] : []),
    { from: ["r2"], filters: [...levels(logs.sourceLevels), sink], to: [] },
    { from: ["d2"], filters: levels(logs.encodedLevels), to: ["seen"] },
  ]);
}

/** The encode against the source one frame earlier, as it is, and one frame later. */
export function offsetGraph(stand: Stand, logs: readonly [early: string, even: string, late: string]): string {
  const [early, even, late] = logs;
  const shift = (pad: string, first: number, to: string): Chain => ({
    from: [pad],
    filters: [meter("trim", { start_frame: first }), ...byNumber(stand.fps)],
    to: [to],
  });
  const compare = (a: string, b: string, file: string): Chain => ({
    from: [a, b],
    filters: [meter("psnr", { stats_file: file, shortest: 1 }), sink],
    to: [],
  });
  return renderGraph([
    branch("0:v:0", stand, ["d0", "d1", "d2", "seen"]),
    branch("1:v:0", stand, ["r0", "r1", "r2"]),
    shift("r0", 1, "r3"),
    shift("d2", 1, "d3"),
    compare("d0", "r3", early),
    compare("d1", "r1", even),
    compare("d3", "r2", late),
  ]);
}

/** Two measured by one command have to be read at one pace, so every branch starts from the same split. */
function branch(from: string, { size, pixelFormat, fps }: Stand, to: readonly string[]): Chain {
  const scale = { w: size.width, h: size.height, flags: "bicubic" };
  return {
    from: [from],
    filters: [
      meter("scale", scale),
      meter("format", { pix_fmts: pixelFormat }),
      ...byNumber(fps),
      meter("split", { outputs: to.length }),
    ],
    to,
  };
}

function byNumber({ num, den }: Rational): readonly Filter[] {
  return [meter("settb", { expr: `${den}/${num}` }), meter("setpts", { expr: "N" })];
}

function levels(file: string): readonly Filter[] {
  return [meter("signalstats", {}), meter("metadata", { mode: "print", file })];
}

function vmafFilter({ file, models, threads }: NonNullable<Logs["vmaf"]>): Filter {
  const model = models.map((version) => `version=${version}:name=${version}`).join("|");
  return meter("libvmaf", { shortest: 1, log_fmt: "json", log_path: file, n_threads: threads, model });
}

function meter(name: string, args: Readonly<Record<string, string | number>>): Filter {
  return { name, args, on: "any" };
}

const sink: Filter = { name: "nullsink", on: "any" };
