import type { Media, Promised } from "../types.ts";
import type { Outlet, Work } from "./lower.ts";
import { samplesOf } from "./samples.ts";
import type { StageOrder } from "./tasks.ts";
import { clipsOf } from "./timeline.ts";
import { keptLabel } from "./label.ts";
import { labelOf } from "./tracks.ts";

export function promise(
  work: Work,
  outlet: Outlet,
  { order, media }: { readonly order: StageOrder; readonly media: Media },
): Promised {
  const { target, render, format, audio, sound, streams, durationSec, frames, wish } = outlet;
  const [first] = work.seen;
  const clips = clipsOf(work.timeline.segments);
  const video = format
    ? {
        codec: wish?.codec ?? "",
        ...format.size,
        fps: format.rate,
        frames: format.pace === "source" ? 0 : frames,
        pixelFormat: format.pixelFormat,
        color: format.color,
        // Only what a device encodes is compared with its sources, so nobody may ever ask.
        get samples() {
          return samplesOf(work, outlet, media);
        },
      }
    : wish?.codec === "copy" && first
      ? {
          codec: first.video.codec,
          width: first.video.width,
          height: first.video.height,
          fps: first.video.fps,
          frames,
          color: first.video.color,
        }
      : undefined;
  const own = media.files[clips[0]?.source ?? ""]?.audio[0];
  const track =
    sound && audio
      ? audio.codec === "copy"
        ? own && {
            ...{ codec: own.codec, sampleRate: own.sampleRate, channels: own.channels },
            ...(clips[0] && own.endSec - clips[0].inSec < durationSec && { endSec: own.endSec - clips[0].inSec }),
          }
        : { codec: audio.codec, sampleRate: sound.sampleRate, channels: sound.channels }
      : undefined;
  const loudness = lastLoudness(work, order);
  return {
    target: target.path,
    part: target.part,
    rendition: render.rendition.name,
    container: render.rendition.container,
    durationSec,
    ...(video && { video }),
    audio:
      track && sound
        ? sound.picks.map((pick) => ({
            ...track,
            // A copied track keeps its own labels, whatever they are.
            ...(audio?.codec !== "copy" &&
              keptLabel(render.rendition.container, { isDefault: false, ...labelOf(pick, clips, media) })),
          }))
        : [],
    ...streams.promised,
    ...(loudness && track && { loudness }),
  };
}

/** The loudness the whole output was brought to, where every clip was brought to the same. */
function lastLoudness(work: Work, order: StageOrder) {
  const wanted = clipsOf(work.timeline.segments).map(({ sound }) => {
    const gain = sound.gains.at(-1);
    const by = order.get(gain?.slice(0, gain.indexOf(".")) ?? "")?.stage;
    return by?.kind === "normalize" ? by.loudness : undefined;
  });
  const [first] = wanted;
  return first && wanted.every((one) => one?.targetLufs === first.targetLufs && one.truePeakDbtp === first.truePeakDbtp)
    ? first
    : undefined;
}
