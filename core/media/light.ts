import type { Light, MediaInfo } from "../types.ts";
import { inputLimits } from "./limits.ts";

/** Containers often leave HDR's static notes to the stream itself, so one frame is decoded and asked. */
export function lightArgs({ path, video }: Pick<MediaInfo, "path" | "video">): string[] {
  const show = ["-map", `0:${video?.index ?? "v:0"}`, "-frames:v", "1", "-vf", "showinfo", "-f", "null", "-"];
  return ["-hide_banner", "-nostdin", "-nostats", ...inputLimits, "-i", `file:${path}`, ...show];
}

/** Reads what `showinfo` prints of a frame's side data; undefined where it says nothing of light. */
export function readLight(stderr: string): Light | undefined {
  const mastering = readMastering(/mastering display[^:]*:(.*)/i.exec(stderr)?.[1] ?? "");
  const [, maxCll, maxFall] = /MaxCLL=(\d+), MaxFALL=(\d+)/.exec(stderr) ?? [];
  const levels = Number(maxCll) > 0 && { maxCll: Number(maxCll), maxFall: Number(maxFall) };
  return mastering || levels ? { ...(mastering && { mastering }), ...levels } : undefined;
}

function readMastering(text: string): Light["mastering"] {
  if (!text.includes("has_primaries:1") || !text.includes("has_luminance:1")) return undefined;
  const point = (name: string) => {
    const [, x, y] = new RegExp(`\\b${name}\\(([\\d.]+)[, ]+([\\d.]+)\\)`).exec(text) ?? [];
    return [Number(x), Number(y)] as const;
  };
  const nits = (name: string) => Number(new RegExp(`${name}=([\\d.]+)`).exec(text)?.[1]);
  const luminance = [nits("min_luminance"), nits("max_luminance")] as const;
  const mastering = { red: point("r"), green: point("g"), blue: point("b"), white: point("wp"), luminance };
  return Object.values(mastering).flat().every(Number.isFinite) && luminance[1] > 0 ? mastering : undefined;
}
