import type { Problem } from "../errors.ts";
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
