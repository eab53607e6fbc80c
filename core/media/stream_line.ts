import { rolesIn } from "./roles.ts";
import type { RawStream } from "./raw.ts";

const STREAM =
  /^\s+Stream #0:(\d+)(?:\[0x[\da-f]+\])?(?:\(([^)]*)\))?: (Video|Audio|Subtitle|Data|Attachment|Unknown): (.*)$/i;

/**
 * Reads one line of ffmpeg's dump, such as
 * `Stream #0:0(eng): Video: h264 (High) (avc1 / 0x31), yuv420p(tv, bt709), 64x64 [SAR 1:1 DAR 1:1], 25 fps, 25 tbr`.
 */
export function readStreamLine(line: string): RawStream | undefined {
  const [, index, language, type = "", text = ""] = STREAM.exec(line) ?? [];
  if (index === undefined) return undefined;
  const [head = "", ...parts] = splitOutside(text);
  const kind = type.toLowerCase();
  return {
    index: Number(index),
    type: kind,
    codec: /^\S+/.exec(head)?.[0] ?? "",
    language,
    isDefault: text.includes("(default)"),
    isCover: text.includes("(attached pic)"),
    roles: rolesIn((word) => text.includes(`(${word.replaceAll("_", " ")})`)),
    tags: {},
    ...(kind === "video" && { profile: readProfile(head), ...readPicture(parts) }),
    ...(kind === "audio" && readSound(parts)),
  };
}

/** "av1 (libdav1d) (Main) (av01 / 0x31)": a decoder's name is lower case, a profile's is not. */
function readProfile(head: string): string | undefined {
  const words = [...head.matchAll(/ \(([^()]+)\)/g)].map(([, word = ""]) => word);
  return words.find((word) => !word.includes(" / 0x") && !/^[a-z][a-z0-9_-]*$/.test(word) && word !== "attached pic");
}

function readPicture(parts: readonly string[]): Partial<RawStream> {
  const text = parts.join(", ");
  const [, width, height] = /(?:^|, )(\d+)x(\d+)(?= |,|$)/.exec(text) ?? [];
  // The container's own shape, printed after the codec's, is the one that players use.
  const sar = [...text.matchAll(/SAR (\d+:\d+)/g)].at(-1)?.[1];
  return {
    width: Number(width ?? 0),
    height: Number(height ?? 0),
    sar,
    averageFps: readFps(text, "fps"),
    baseFps: readFps(text, "tbr"),
    ...readPixels(parts[0] ?? ""),
  };
}

/** "yuv420p10le(tv, bt2020nc/bt2020/smpte2084, top first)": range, matrix/primaries/transfer, field order. */
function readPixels(part: string): Partial<RawStream> {
  const [, name, inner = ""] = /^(\w+)(?:\((.*)\))?/.exec(part) ?? [];
  if (name === undefined || name === "none" || name === "unknown" || /^\d+x\d+/.test(name)) return {};
  const words = inner.split(", ");
  const color = words.find((word) => word.includes("/") || /^(bt|smpte|gbr|fcc|ycgco|film)/.test(word));
  const [matrix, primaries = matrix, transfer = matrix] = color?.split("/") ?? [];
  return {
    pixelFormat: name,
    range: words.find((word) => word === "tv" || word === "pc"),
    field: words.find((word) => word === "progressive" || word.includes("first")),
    matrix,
    primaries,
    transfer,
  };
}

/** Large rates are printed in thousands: "90k tbr". */
function readFps(text: string, unit: string): number | undefined {
  const [, value, kilo] = new RegExp(`(?:^|, )([\\d.]+)(k?) ${unit}(?= |,|$)`).exec(text) ?? [];
  return value === undefined ? undefined : Number(value) * (kilo ? 1000 : 1);
}

function readSound(parts: readonly string[]): Partial<RawStream> {
  const at = parts.findIndex((part) => part.endsWith(" Hz"));
  return { sampleRate: Number.parseInt(parts[at] ?? "0", 10), layout: parts[at + 1] };
}

/** Splits at commas that stand outside every bracket. */
function splitOutside(text: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const char of text) {
    if (char === "(" || char === "[") depth++;
    if (char === ")" || char === "]") depth--;
    if (char === "," && depth === 0) parts.push("");
    else parts.push(parts.pop() + char);
  }
  return parts.map((part) => part.trim());
}
