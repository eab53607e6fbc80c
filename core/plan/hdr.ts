import { type Problem, VendueError } from "../errors.ts";
import { bitDepth, gamutOf } from "../media/mod.ts";
import type { Color, Light, Position, Task, VideoInfo, VideoWish } from "../types.ts";
import type { SeenClip } from "./picture.ts";

/** What becomes of HDR in one output. */
export interface HdrChoice {
  readonly hdr: VideoInfo["hdr"];
  /** Why it does not survive although nobody asked for that. */
  readonly lost?: string;
}

/** HDR survives only where every clip has the same kind of it and the output carries ten bits, unless it is unwanted. */
export function chooseHdr(seen: readonly SeenClip[], wish: VideoWish): HdrChoice {
  const kinds = [...new Set(seen.map(({ video }) => video.hdr))];
  const [kind = "sdr"] = kinds;
  if (kinds.every((one) => one === "sdr") || seen.some((one) => policyOf(one, wish) === "tonemap"))
    return { hdr: "sdr" };
  if (kinds.length > 1) return { hdr: "sdr", lost: `the clips differ in it: ${kinds.sort().join(", ")}` };
  if (wish.codec === "h264") return { hdr: "sdr", lost: "h264 is made in 8 bits, which is what its players take" };
  const { pixelFormat = seen.find(({ clip }) => clip.look.pixelFormat)?.clip.look.pixelFormat } = wish;
  if (pixelFormat !== undefined && bitDepth(pixelFormat) < 10)
    return { hdr: "sdr", lost: `${pixelFormat} has 8 bits, and HDR needs 10` };
  return { hdr: kind };
}

/** Clips that the pipeline does not take, or promises that cannot be kept. */
export function hdrProblems(seen: readonly SeenClip[], wish: VideoWish, at: Position): readonly Problem[] {
  const refused = seen.find((one) => one.video.hdr !== "sdr" && policyOf(one, wish) === "reject");
  const { lost } = wish.codec === "copy" ? {} : chooseHdr(seen, wish);
  const promised = lost !== undefined && seen.some((one) => policyOf(one, wish) === "preserve");
  const blind = seen.find(({ video }) => video.dolby?.compatible === 0 && wish.codec !== "copy");
  return [
    ...(refused
      ? [
          {
            code: "INPUT_REFUSED" as const,
            message: `${refused.clip.source} is HDR (${refused.video.hdr}) and the pipeline says hdr: reject`,
            hint: "say hdr: tonemap or hdr: preserve, or leave the clip out",
            ...at,
          },
        ]
      : []),
    ...(promised
      ? [
          {
            code: "PIPELINE_INVALID" as const,
            message: `HDR cannot be preserved: ${lost}`,
            hint: "choose hevc, av1 or vp9 with 10 bits and clips of one kind, or say hdr: tonemap",
            ...at,
          },
        ]
      : []),
    ...(blind
      ? [
          {
            code: "INPUT_REFUSED" as const,
            message: `${blind.clip.source} is Dolby Vision of profile ${blind.video.dolby?.profile}, whose picture makes no sense without its own metadata`,
            hint: "export it again with an HDR10 or HLG base layer, or say codec: copy",
            ...at,
          },
        ]
      : []),
  ];
}

/** What a reader should know of the HDR in one output. */
export function hdrNotes(seen: readonly SeenClip[], wish: VideoWish): readonly string[] {
  if (wish.codec === "copy") return [];
  const { hdr, lost } = chooseHdr(seen, wish);
  const dolby = seen.some(({ video }) => video.dolby !== undefined) && hdr !== "sdr";
  return [
    ...(lost === undefined ? [] : [`HDR is tone-mapped to SDR: ${lost}`]),
    ...(dolby ? [`the Dolby Vision layer is left out: its base, ${hdr.toUpperCase()}, is kept`] : []),
  ];
}

/** Mapping light and wide colours takes a library that a build may lack; then it is said before anything is encoded. */
export function lightRefusal(tasks: readonly Task[], filters: readonly string[]): VendueError | undefined {
  const wide = tasks
    .flatMap(({ ops }) => ops)
    .find((op) => op.kind === "tonemap" || (op.kind === "scale" && regrades(op)));
  const lacks = ["zscale", "tonemap"].filter((name) => !filters.includes(name));
  if (wide === undefined || lacks.length === 0) return undefined;
  const what = wide.kind === "tonemap" ? `HDR (${wide.from})` : "a wide gamut";
  return new VendueError("FFMPEG_MISSING", `This ffmpeg cannot bring ${what} into SDR: it has no ${lacks.join(", ")}`, {
    hint: "use a build with libzimg, which lists zscale under: ffmpeg -filters",
  });
}

function regrades({ from, to }: { readonly from: Color; readonly to: Color }): boolean {
  return gamutOf(from) !== gamutOf(to);
}

/** The brightest light a clip asks for, in nits; what it says of itself where that is plausible. */
export function peakNits({ light, hdr }: VideoInfo): number {
  const said = light?.maxCll || light?.mastering?.luminance[1] || 1000;
  return hdr === "pq" ? Math.min(4000, Math.max(300, said)) : 1000;
}

/** What the clips say of their light, where they agree; the brightest of their brightest pictures. */
export function commonLight(seen: readonly SeenClip[]): Light | undefined {
  const lights = seen.flatMap(({ video }) => video.light ?? []);
  const [first] = lights;
  if (first === undefined || lights.length < seen.length) return undefined;
  const masters = new Set(lights.map(({ mastering }) => JSON.stringify(mastering)));
  const most = (pick: (light: Light) => number | undefined) => Math.max(...lights.map((light) => pick(light) ?? 0));
  const [maxCll, maxFall] = [most((light) => light.maxCll), most((light) => light.maxFall)];
  const light: Light = {
    ...(masters.size === 1 && first.mastering && { mastering: first.mastering }),
    ...(maxCll > 0 && { maxCll, maxFall }),
  };
  return Object.keys(light).length > 0 ? light : undefined;
}

function policyOf({ clip }: SeenClip, wish: VideoWish) {
  return wish.hdr ?? clip.look.hdr;
}
