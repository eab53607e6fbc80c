import type { Problem } from "../errors.ts";
import type { VideoWish } from "../types.ts";
import type { SeenClip } from "./picture.ts";
import type { Render } from "./stages.ts";
import type { Clip, Timeline } from "./timeline.ts";

export function mixedProblem(
  { name }: Timeline,
  clips: readonly Clip[],
  seen: readonly SeenClip[],
  { rendition }: Render,
): Problem {
  const blind = clips.find((clip) => !seen.some((one) => one.clip === clip));
  return {
    code: "PIPELINE_INVALID",
    message: `${name} joins clips with a picture and ${blind?.source}, which has none`,
    hint: "leave the file without a picture out, or export only sound with video: none",
    ...rendition.at,
  };
}

export function hdrProblems(
  seen: readonly SeenClip[],
  members: readonly { readonly render: Render }[],
  wishes: readonly (VideoWish | undefined)[],
): readonly Problem[] {
  return members.flatMap(({ render }, nth) => {
    const wish = wishes[nth];
    const refused = seen.find(({ clip, video }) => video.hdr !== "sdr" && (wish?.hdr ?? clip.look.hdr) === "reject");
    if (refused === undefined) return [];
    return [
      {
        code: "INPUT_REFUSED" as const,
        message: `${refused.clip.source} is HDR (${refused.video.hdr}) and the pipeline says hdr: reject`,
        hint: "say hdr: tonemap or hdr: preserve, or leave the clip out",
        ...render.rendition.at,
      },
    ];
  });
}
