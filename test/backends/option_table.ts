import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { comesTo } from "../../core/backend/mod.ts";
import { EFFORTS, type Codec, type Encode, type Rate, type Task } from "../../core/types.ts";

/** What one build of ffmpeg takes for one encoder, recorded in `options/`. */
export interface OptionTable {
  readonly encoder: string;
  readonly release: string;
  readonly options: readonly string[];
  /** The words that an option takes. */
  readonly values: Readonly<Record<string, readonly string[]>>;
  /** The least and the most number that an option takes. */
  readonly ranges?: Readonly<Record<string, readonly [number, number]>>;
}

export function recorded(encoder: string): OptionTable {
  return JSON.parse(readFileSync(new URL(`options/${encoder}.json`, import.meta.url), "utf8")) as OptionTable;
}

/** The options a build at hand has for its encoders, as `encoderOptions` reads them. */
export function optionsIn(ffmpeg: string, encoder: string): readonly string[] {
  const text = execFileSync(ffmpeg, ["-hide_banner", "-h", `encoder=${encoder}`], { encoding: "utf8" });
  return [...text.matchAll(/^ {2}-(\S+)\s+</gm)].flatMap(([, name]) => name ?? []);
}

/** Options every encoder of ffmpeg takes. */
const general = [
  "c:v",
  "b:v",
  "maxrate",
  "bufsize",
  "g",
  "bf",
  "tag:v",
  "color_primaries",
  "color_trc",
  "colorspace",
  "color_range",
];

/** What the build would say of these arguments; empty when it would say nothing. */
export function complaints(args: readonly string[], { options, values, ranges = {} }: OptionTable): readonly string[] {
  const pairs = args.flatMap((flag, nth) => (nth % 2 === 0 ? [[flag.slice(1), args[nth + 1] ?? ""] as const] : []));
  const names = pairs.map(([name]) => name);
  const known = (name: string) => general.includes(name) || options.includes(name) || values[name] !== undefined;
  return [
    ...pairs.filter(([name]) => !known(name)).map(([name]) => `no option ${name}`),
    ...pairs
      .filter(([name, value]) => values[name]?.includes(value) === false)
      .map(([name, value]) => `no ${name} ${value}`),
    ...pairs
      .filter(([name, value]) => !isWithin(Number(value), ranges[name]))
      .map(([name, value]) => `${name} ${value} is out of range`),
    ...pairs
      .filter(([, value]) => value === "" || /undefined|NaN|Infinity/.test(value))
      .map(([name]) => `${name} says nothing`),
    ...names.filter((name, nth) => names.indexOf(name) < nth).map((name) => `${name} twice`),
  ];
}

function isWithin(value: number, [least, most]: readonly [number, number] = [-Infinity, Infinity]): boolean {
  return Number.isNaN(value) || (value >= least && value <= most);
}

const rates: readonly Asked[] = [
  ...[0, 1, 35, 70, 99, 100].map((quality) => ({ kind: "quality", quality }) as const),
  ...[0, 18, 23, 40, 51, 63].map((crf) => ({ kind: "crf", crf }) as const),
  { kind: "bitrate", kbps: 3000 },
  { kind: "bitrate", kbps: 3000, maxKbps: 4500, bufKbit: 6000 },
  { kind: "bitrate", kbps: 3000, maxKbps: 3000 },
  { kind: "bitrate", kbps: 3000, twoPass: true },
];

/** A rate as a pipeline asks for it. */
type Asked = Exclude<Rate, { kind: "size" }>;
type Rest = Partial<Omit<Encode, "rate">> & { readonly rate?: Asked };

export function encodeOf(codec: Codec, { rate = { kind: "quality", quality: 70 }, ...rest }: Rest = {}): Encode {
  const encode = {
    codec,
    effort: "balanced",
    width: 1920,
    height: 1080,
    fps: { num: 30, den: 1 },
    pixelFormat: "yuv420p",
    bitDepth: 8,
    color: { primaries: "bt709", transfer: "bt709", matrix: "bt709", range: "tv" },
    gopFrames: 60,
    container: "mp4",
    ...rest,
  } as const;
  return { ...encode, rate: comesTo(rate, encode) };
}

/** Every rate with every effort. */
export function everyEncode(codec: Codec, rest: Partial<Encode> = {}): readonly Encode[] {
  return rates.flatMap((rate) => EFFORTS.map((effort) => encodeOf(codec, { ...rest, rate, effort })));
}

export function taskOf(encode: Encode, rest: Partial<Task> = {}): Task {
  return { id: "web/export", stage: "export", seconds: 10, inputs: [], decodes: false, ops: [], encode, ...rest };
}
