import type { Encode } from "vendue/backend";
import type { SoftwareEncoder } from "./encoders.ts";

/** Everything after `-c:v` that an encoder needs for this task. */
export function encodeArgs(encoder: SoftwareEncoder, encode: Encode): readonly string[] {
  const { name, saysProfile, preset } = encoder;
  const { codec, effort, profile, pixelFormat, color, gopFrames, container } = encode;
  const { args, params } = rateArgs(encoder, encode);
  // x265 counts by its own option, and opens its GOPs unless told: then a cut at a keyframe loses pictures.
  const own = {
    ...(name === "libx265" && { keyint: gopFrames, "open-gop": 0 }),
    ...lightParams(encoder, encode),
    ...params,
  };
  return [
    ...["-c:v", name, ...preset(effort), ...args],
    ...(profile !== undefined && saysProfile ? ["-profile:v", profile] : []),
    ...["-g", String(gopFrames), "-pix_fmt", pixelFormat],
    // libvpx refuses to look ahead with a second picture for the transparency.
    ...(pixelFormat.startsWith("yuva") && name === "libvpx-vp9" ? ["-auto-alt-ref", "0"] : []),
    ...(color.matrix === undefined ? [] : ["-colorspace", color.matrix]),
    ...(color.primaries === undefined ? [] : ["-color_primaries", color.primaries]),
    ...(color.transfer === undefined ? [] : ["-color_trc", color.transfer]),
    ...(color.range === undefined ? [] : ["-color_range", color.range]),
    ...paramArgs(encoder, own),
    // What Apple players open; the default tag of ffmpeg is hev1.
    ...(codec === "hevc" && (container === "mp4" || container === "mov") ? ["-tag:v", "hvc1"] : []),
  ];
}

type Params = Readonly<Record<string, string | number>>;
interface RateArgs {
  readonly args: readonly string[];
  readonly params?: Params;
}

/** Pictures that VMAF finds equal, column by column; measured, the ends drawn out. */
const alike = {
  libx264: [14, 18, 20, 23, 26, 28, 40],
  libx265: [12, 16, 18, 22, 26, 28.5, 41],
  libsvtav1: [8, 15, 19, 30, 41, 48, 63],
  "libaom-av1": [8, 15, 19, 28, 37, 43, 62],
  "libvpx-vp9": [12, 19, 23, 28, 34, 38, 60],
} as const;

/** The crf of this encoder for a picture as good as libx264 makes at that one. */
export function crfOf({ name }: Pick<SoftwareEncoder, "name">, x264: number): number {
  const crf = name in alike ? interpolate(x264, { from: alike.libx264, to: alike[name as keyof typeof alike] }) : x264;
  return name === "libx264" || name === "libx265" ? Math.round(crf * 10) / 10 : Math.round(crf);
}

function rateArgs(encoder: SoftwareEncoder, encode: Encode): RateArgs {
  const { rate } = encode;
  if (rate.kind === "bitrate") return bitrateArgs(encoder, encode, rate);
  const crf = rate.kind === "crf" ? rate.crf : crfOf(encoder, rate.x264Crf);
  switch (encoder.name) {
    case "libopenh264":
      // A simpler encoder needs a third more.
      return { args: ["-b:v", `${Math.round(rate.kbps * 1.3)}k`] };
    case "libvpx-vp9":
    case "libaom-av1":
      // Without a bitrate of zero, crf is only a floor below a default bitrate.
      return { args: ["-crf", String(Math.round(crf)), "-b:v", "0"] };
    case "libsvtav1":
      return { args: ["-crf", String(Math.round(crf))] };
    default:
      return { args: ["-crf", String(crf)] };
  }
}

function bitrateArgs(
  { name }: SoftwareEncoder,
  { pass }: Encode,
  rate: Extract<Encode["rate"], { kind: "bitrate" }>,
): RateArgs {
  const { kbps, bufKbit } = rate;
  // A buffer alone is drained at the bitrate itself.
  const maxKbps = rate.maxKbps ?? (bufKbit === undefined ? undefined : kbps);
  const cap = maxKbps === undefined ? [] : ["-maxrate", `${maxKbps}k`, "-bufsize", `${bufKbit ?? maxKbps * 2}k`];
  const args = ["-b:v", `${kbps}k`, ...cap];
  if (pass === undefined || !rate.twoPass) return { args };
  // x265 keeps its own statistics and does not hear of ffmpeg's.
  if (name === "libx265") return { args, params: { pass: pass.nth, stats: pass.log } };
  const log = ["-pass", String(pass.nth), "-passlogfile", pass.log];
  // ffmpeg would number the file by stream, and the streams of the two passes differ.
  return { args: [...args, ...log], ...(name === "libx264" && { params: { stats: pass.log } }) };
}

function paramArgs({ name }: SoftwareEncoder, params: Params): readonly string[] {
  const pairs = Object.entries(params).map(([key, value]) => `${key}=${escape(String(value))}`);
  return pairs.length === 0 ? [] : [`-${name.replace(/^lib/, "")}-params`, pairs.join(":")];
}

/**
 * What HDR10 says of its light, in each encoder's own words: x265 counts chromaticities in 0.00002 and light in
 * 0.0001 nits, SVT-AV1 takes them as they are. The other encoders have no way to be told.
 */
function lightParams({ name }: SoftwareEncoder, { light }: Encode): Params {
  const { mastering, maxCll, maxFall = 0 } = light ?? {};
  const isX265 = name === "libx265";
  if (light === undefined || (!isX265 && name !== "libsvtav1")) return {};
  const [chroma, nits] = isX265 ? [50_000, 10_000] : [1, 1];
  const pair = ([x, y]: readonly [number, number], by: number) => `(${times(x, by)},${times(y, by)})`;
  const screen =
    mastering &&
    `G${pair(mastering.green, chroma)}B${pair(mastering.blue, chroma)}R${pair(mastering.red, chroma)}` +
      `WP${pair(mastering.white, chroma)}L${pair([mastering.luminance[1], mastering.luminance[0]], nits)}`;
  return {
    ...(screen && { [isX265 ? "master-display" : "mastering-display"]: screen }),
    ...(maxCll !== undefined && { [isX265 ? "max-cll" : "content-light"]: `${maxCll},${maxFall}` }),
  };
}

function times(value: number, by: number): number {
  return by === 1 ? value : Math.round(value * by);
}

/** One backslash before whatever ends or quotes a value in a list of options. */
function escape(value: string): string {
  return value.replace(/[\\':\s]/g, "\\$&");
}

function interpolate(
  at: number,
  { from, to }: { readonly from: readonly number[]; readonly to: readonly number[] },
): number {
  const high = Math.max(
    1,
    from.findIndex((edge) => edge >= at),
  );
  const [x1 = 0, x2 = 1] = from.slice(high - 1, high + 1);
  const [y1 = 0, y2 = 0] = to.slice(high - 1, high + 1);
  return y1 + ((at - x1) / (x2 - x1)) * (y2 - y1);
}
