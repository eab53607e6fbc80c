import type { Problem } from "../errors.ts";
import { bitDepth, hasAlpha, isRgb } from "../media/mod.ts";
import type { Container, Position, VideoInfo, VideoWish } from "../types.ts";
import type { HdrChoice } from "./hdr.ts";
import type { SeenClip } from "./picture.ts";

/**
 * The pixel format of an output: the one asked for; otherwise 4:2:0, in ten bits where every clip has them or HDR is
 * kept, in eight where not and always for h264, which is what its players take.
 */
export function choosePixels(seen: readonly SeenClip[], wish: VideoWish, { hdr }: HdrChoice): string {
  const asked = askedPixels(seen, wish);
  if (asked !== undefined) return asked;
  const deep = hdr !== "sdr" || seen.every(({ video }) => video.bitDepth >= 10 && video.hdr === "sdr");
  return deep && wish.codec !== "h264" ? "yuv420p10le" : "yuv420p";
}

/** Pixel formats that were asked for and cannot be had. */
export function pixelProblems(
  seen: readonly SeenClip[],
  wish: VideoWish,
  { container, at }: { readonly container: Container; readonly at: Position },
): readonly Problem[] {
  const asked = wish.codec === "copy" ? undefined : askedPixels(seen, wish);
  if (asked === undefined) return [];
  const refuse = (message: string, hint: string): readonly Problem[] => [
    { code: "PIPELINE_INVALID", message, hint, ...at },
  ];
  if (isRgb(asked) || /^(?:gray|ya)/.test(asked))
    return refuse(`The pixel format ${asked} is none that players take`, "say yuv420p, or yuv444p for sharp colours");
  if (bitDepth(asked) > 10)
    return refuse(`The pixel format ${asked} has ${bitDepth(asked)} bits, and outputs have 8 or 10`, "say yuv420p10le");
  const holds = asked === "yuva420p" && wish.codec === "vp9" && /^(?:webm|mkv)$/.test(container);
  return hasAlpha(asked) && !holds
    ? refuse(
        `${wish.codec} in ${container} carries no transparency as ${asked}`,
        "say codec: vp9 and pixel_format: yuva420p in webm or mkv, or leave pixel_format out to lay it on black",
      )
    : [];
}

/** Where a picture with alpha is laid on black: full chroma, so that no edge bleeds, and its own depth. */
export function flatFormat({ pixelFormat, bitDepth: depth }: Pick<VideoInfo, "pixelFormat" | "bitDepth">): string {
  if (isRgb(pixelFormat) || pixelFormat.startsWith("ya")) return depth > 8 ? "gbrap16le" : "gbrap";
  return `yuva444p${depth <= 8 ? "" : depth <= 10 ? "10le" : depth <= 12 ? "12le" : "16le"}`;
}

/** The one format that holds what each of these does: the deepest, with the finest chroma, and with alpha if any has it. */
export function widestPixels(formats: readonly string[]): string {
  const parts = formats.map((format) => /^yuv(a?)(4\d\d)p(10le)?$/.exec(format));
  const [first = "yuv420p"] = formats;
  if (parts.some((part) => part === null)) return formats.toSorted((a, b) => bitDepth(b) - bitDepth(a))[0] ?? first;
  const has = (nth: number, word: string) => parts.some((part) => part?.[nth] === word);
  const chroma = ["444", "422"].find((word) => has(2, word)) ?? "420";
  return `yuv${has(1, "a") ? "a" : ""}${chroma}p${has(3, "10le") ? "10le" : ""}`;
}

function askedPixels(seen: readonly SeenClip[], { pixelFormat }: VideoWish): string | undefined {
  return pixelFormat ?? seen.find(({ clip }) => clip.look.pixelFormat)?.clip.look.pixelFormat;
}
