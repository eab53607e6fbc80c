import { execa, execaSync } from "execa";
import pLimit from "p-limit";
import {
  type Backend,
  type Codec,
  comesTo,
  type Encode,
  type Filter,
  type Op,
  type Rate,
  type Task,
  type VideoInfo,
} from "../../core/backend/mod.ts";
import { bridge, renderChain } from "../../core/ffmpeg/mod.ts";

export const bt709 = { primaries: "bt709", transfer: "bt709", matrix: "bt709", range: "tv" } as const;

export const source: VideoInfo = {
  index: 0,
  codec: "h264",
  width: 1920,
  height: 1080,
  sar: { num: 1, den: 1 },
  rotation: 0,
  fps: { num: 30, den: 1 },
  vfr: false,
  pixelFormat: "yuv420p",
  bitDepth: 8,
  interlaced: "progressive",
  color: bt709,
  hdr: "sdr",
  startSec: 0,
  endSec: 10,
};

/** A rate as a pipeline asks for it. */
export type Asked = Exclude<Rate, { kind: "size" }>;
type Rest = Partial<Omit<Encode, "rate">> & { readonly rate?: Asked };

export function encodeOf(codec: Codec, { rate = { kind: "quality", quality: 70 }, ...rest }: Rest = {}): Encode {
  const encode = {
    codec,
    effort: "balanced",
    width: 1280,
    height: 720,
    fps: { num: 30, den: 1 },
    pixelFormat: "yuv420p",
    bitDepth: 8,
    color: bt709,
    gopFrames: 60,
    container: "mp4",
    ...rest,
  } as const;
  return { ...encode, rate: comesTo(rate, encode) };
}

export function taskOf(rest: Partial<Task> = {}): Task {
  return { id: "job/export", stage: "export", seconds: 10, inputs: [source], decodes: true, ops: [], ...rest };
}

const rates: readonly Asked[] = [
  ...[0, 35, 70, 85, 100].map((quality) => ({ kind: "quality", quality }) as const),
  ...[0, 20, 28, 63].map((crf) => ({ kind: "crf", crf }) as const),
  { kind: "bitrate", kbps: 3000 },
  { kind: "bitrate", kbps: 3000, maxKbps: 3000 },
  { kind: "bitrate", kbps: 3000, maxKbps: 4500, bufKbit: 6000, twoPass: true },
];
const efforts = ["fastest", "faster", "fast", "balanced", "slow", "slower", "best"] as const;

/** Every kind of thing an encoder can be asked for. */
export function everyEncode(codec: Codec): readonly Encode[] {
  const depths = codec === "h264" ? ([8] as const) : ([8, 10] as const);
  const containers = codec === "vp9" ? (["webm"] as const) : (["mp4", "mkv"] as const);
  const profiles = codec === "h264" ? ["baseline", "main", undefined] : [undefined];
  return rates.flatMap((rate) =>
    efforts.flatMap((effort) =>
      depths.flatMap((bitDepth) =>
        containers.flatMap((container) =>
          profiles.flatMap((profile) =>
            [1, 60].map((gopFrames) => {
              const pixelFormat = bitDepth === 10 ? "yuv420p10le" : "yuv420p";
              const asked = { rate, effort, bitDepth, pixelFormat, container, gopFrames, ...(profile && { profile }) };
              return encodeOf(codec, asked);
            }),
          ),
        ),
      ),
    ),
  );
}

/** Every list there is takes minutes, so the suite takes a selection, and `npm run lint:args` all of them. */
const takesAll = process.env["VENDUE_LINT"] === "all";
export const lintLimitMs = takesAll ? 3_600_000 : 60_000;

/** Lists that between them hold every option with every value that any of these lists has. */
export function representatives(lists: readonly (readonly string[])[]): readonly (readonly string[])[] {
  if (takesAll) return [...new Map(lists.map((list) => [list.join("\n"), list])).values()];
  const seen = new Set<string>();
  return lists.filter((list) => {
    const encoder = list[list.indexOf("-c:v") + 1] ?? "";
    const fresh = list.flatMap((word, nth) => (nth % 2 === 0 ? [`${encoder} ${word} ${list[nth + 1]}`] : []));
    const isNew = fresh.some((one) => !seen.has(one));
    for (const one of fresh) seen.add(one);
    return isNew;
  });
}

/** The options an encoder has in a real build, as the host reads them. */
export function optionsOf(path: string, encoder: string): readonly string[] {
  const { stdout } = execaSync(path, ["-hide_banner", "-h", `encoder=${encoder}`], { reject: false });
  return [...stdout.matchAll(/^ {2}-(\S+)\s+</gm)].flatMap(([, name]) => name ?? []);
}

export function encodersOf(path: string): readonly string[] {
  const { stdout } = execaSync(path, ["-hide_banner", "-encoders"]);
  return [...stdout.matchAll(/^ V\S+ (\w+)/gm)].flatMap(([, name]) => name ?? []);
}

export function releaseOf(path: string): readonly [number, number] {
  const [, major = "0", minor = "0"] = /version n?(\d+)\.(\d+)/.exec(execaSync(path, ["-version"]).stdout) ?? [];
  return [Number(major), Number(minor)];
}

const complaint =
  /has not been used for any stream|Unable to parse option value|Unrecognized option|Error setting option|out of range|Option '?\S+'? not found|Undefined constant/;

/** The lists this build takes amiss, or that end in anything but the missing hardware. Empty is what a test wants. */
export async function lint(
  path: string,
  lists: readonly (readonly string[])[],
  missing: RegExp,
): Promise<readonly string[]> {
  // A missing device is mostly waited for, so many may wait at once.
  const limit = pLimit(takesAll ? 16 : 3);
  const findings = await Promise.all(lists.map((args) => limit(() => lintOne(path, args, missing))));
  return findings.flat();
}

/** The same for filters: their options are read before a device is missed. */
export async function lintFilters(
  path: string,
  surface: Backend["surface"],
  steps: readonly (Filter | Op)[],
): Promise<readonly string[]> {
  const chain = renderChain(bridge(steps, { surface }));
  const args = ["-hide_banner", "-nostdin", "-v", "repeat+level+warning", "-f", "lavfi", "-i", "testsrc2=size=320x180"];
  const { stderr, exitCode } = await execa(path, [...args, "-vf", chain, "-frames:v", "2", "-f", "null", "-"], {
    reject: false,
  });
  const isFine = exitCode === 0 || stderr.includes("hardware device reference is required");
  return isFine && !/No such filter|No option name|Error applying|Option '?\S+'? not found/.test(stderr)
    ? []
    : [`${chain}\n${stderr}`];
}

const crop: Op = { kind: "crop", box: { x: 16, y: 16, width: 1600, height: 900 } };
const scale: Op = { kind: "scale", width: 1280, height: 720, from: bt709, to: bt709 };

/** Runs of ops that a device may have filters for. */
export const everyChain: readonly (readonly Op[])[] = [
  [{ kind: "deinterlace", parity: "top-first" }],
  ...(["horizontal", "vertical"] as const).map((axis): readonly Op[] => [{ kind: "mirror", axis }]),
  ...([90, 180, 270] as const).map((degrees): readonly Op[] => [{ kind: "rotate", degrees }]),
  [crop],
  [crop, scale],
  [scale],
  [{ kind: "pad", width: 1280, height: 960, x: 0, y: 120 }],
].map((ops): readonly Op[] => [...(ops as readonly Op[]), { kind: "format", pixelFormat: "yuv420p" }]);

export function filtersOf(path: string): readonly string[] {
  const { stdout } = execaSync(path, ["-hide_banner", "-filters"]);
  return [...stdout.matchAll(/^ [T.][S.][C.]? +(\w+)/gm)].flatMap(([, name]) => name ?? []);
}

async function lintOne(path: string, args: readonly string[], missing: RegExp): Promise<readonly string[]> {
  const format = args.includes("main10") ? "p010le" : "nv12";
  const { stderr, exitCode } = await execa(
    path,
    [
      ..."-hide_banner -nostdin -v repeat+level+warning -f lavfi -i testsrc2=size=320x180:rate=25".split(" "),
      ...`-vf format=${format} -frames:v 2 -an`.split(" "),
      ...args,
      ..."-f null -".split(" "),
    ],
    { reject: false, timeout: 20_000 },
  );
  const isFine = !complaint.test(stderr) && (exitCode === 0 || missing.test(stderr));
  return isFine ? [] : [`${args.join(" ")}\n${stderr}`];
}
