import type { Color, Rational, VideoInfo } from "../types.ts";
import { hasAlpha } from "./pixels.ts";
import { nearestRate, parseRational, rational, standardRate } from "./rational.ts";
import type { RawMedia, RawStream } from "./raw.ts";
import { roundUs } from "./time.ts";

/** The picture stream of a file, in our words. */
export function readVideo(stream: RawStream, { startSec, durationSec }: RawMedia): VideoInfo {
  const { index, codec, width = 0, height = 0, pixelFormat = "unknown", transfer } = stream;
  const profile = readProfile(stream.profile);
  const sar = parseRational(stream.sar ?? "");
  return {
    index,
    codec,
    ...(profile !== undefined && { profile }),
    width,
    height,
    sar: sar && sar.num > 0 ? sar : rational(1, 1),
    rotation: clockwise(stream.rotation ?? 0),
    ...(stream.mirrored && { mirrored: true }),
    fps: readRate(stream),
    vfr: looksVariable(stream),
    pixelFormat,
    bitDepth: bitDepth(pixelFormat),
    interlaced: FIELDS[stream.field ?? ""] ?? "unknown",
    color: readColor(stream),
    hdr: transfer === "smpte2084" ? "pq" : transfer === "arib-std-b67" ? "hlg" : "sdr",
    ...(stream.dolby && { dolby: stream.dolby }),
    ...((stream.tags?.["alpha_mode"] === "1" || hasAlpha(pixelFormat)) && { alpha: true }),
    startSec: Math.max(0, roundUs((stream.startSec ?? startSec) - startSec)),
    endSec: roundUs((stream.endSec ?? startSec + durationSec) - startSec),
  };
}

/** Bits of one component, from the name of a pixel format: "yuv420p10le" is 10. */
export function bitDepth(pixelFormat: string): number {
  const name = pixelFormat.replace(/(le|be)$/, "");
  const [, depth] = DEEP.exec(name) ?? [];
  return depth === undefined ? (PACKED[name] ?? 8) : Number(depth);
}

const DEEP = /(?:\dp|gbra?p|^p[024]|gray|^ya|^xyz|^y2|^x2rgb|^x2bgr|^bayer_[a-z]{4}|f)(9|10|12|14|16|32)$/;

/** Names that end in bits per pixel, or in nothing to do with bits. */
const PACKED: Readonly<Record<string, number>> = {
  nv20: 10,
  xv30: 10,
  xv36: 12,
  rgb48: 16,
  bgr48: 16,
  rgba64: 16,
  bgra64: 16,
  ayuv64: 16,
};

/** The display matrix turns counter-clockwise. */
function clockwise(degrees: number): number {
  return (((Math.round(-degrees / 90) * 90) % 360) + 360) % 360;
}

/** A short file's average is off by its odd last frame, so the base rate decides where the two nearly agree. */
function readRate({ averageFps, baseFps }: RawStream): Rational {
  const fps = averageFps ?? baseFps ?? 25;
  const base = baseFps !== undefined && near(fps / baseFps) ? standardRate(baseFps) : undefined;
  return standardRate(fps, PRINTED) ?? base ?? nearestRate(fps);
}

/** How far two decimals may be off a low rate. */
const PRINTED = 0.0004;

/** Interlaced streams often have a base rate of fields, which is twice that of frames. */
function looksVariable({ averageFps, baseFps }: RawStream): boolean {
  if (averageFps === undefined || baseFps === undefined) return false;
  return !near(averageFps / baseFps) && !near((2 * averageFps) / baseFps);
}

function near(ratio: number): boolean {
  return Math.abs(ratio - 1) <= 0.01;
}

/** The order in which fields are shown; "tb" is coded top first but shown bottom first. */
const FIELDS: Readonly<Record<string, VideoInfo["interlaced"]>> = {
  progressive: "progressive",
  tt: "top-first",
  "top first": "top-first",
  bt: "top-first",
  "bottom coded first (swapped)": "top-first",
  bb: "bottom-first",
  "bottom first": "bottom-first",
  tb: "bottom-first",
  "top coded first (swapped)": "bottom-first",
};

/** A profile without a name is printed as a number; "4444" is a name. */
function readProfile(profile = "unknown"): string | undefined {
  return profile === "unknown" || /^-?\d{1,3}$/.test(profile) ? undefined : profile;
}

function readColor({ range, matrix, primaries, transfer }: RawStream): Color {
  return {
    ...(said(primaries) && { primaries }),
    ...(said(transfer) && { transfer }),
    ...(said(matrix) && { matrix }),
    ...((range === "tv" || range === "pc") && { range }),
  };
}

function said(word: string | undefined): word is string {
  return word !== undefined && !["unknown", "unspecified", "reserved"].includes(word);
}
