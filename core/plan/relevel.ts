import { type InputSpec, openCommand, renderGraph } from "../ffmpeg/mod.ts";
import type { AuxFile, Command, Media } from "../types.ts";
import { newCanvas } from "./canvas.ts";
import { containerArgs, stampArgs, streamArgs } from "./container.ts";
import type { Outlet, Work } from "./lower.ts";
import { soundArgs } from "./render.ts";
import { amplify, type SoundFormat } from "./sound.ts";
import { drawSound } from "./soundtrack.ts";
import { clipsOf } from "./timeline.ts";

/** Encoding sound alone runs at some sixty times real time on one core. */
const soundSpeed = 60;

type Relevel = { readonly relevel?: Readonly<Record<string, Command>> };

/**
 * What makes an output louder or quieter as a whole once it is there, by the part it is in: an encoder may lift peaks by
 * decibels, which only its own work can tell. Nothing where no loudness was asked for.
 */
export function relevelOf(work: Work, media: Media): (stamp?: string) => Relevel {
  const outlets = clipsOf(work.timeline.segments).some(({ sound }) => sound.gains.length > 0) ? work.outlets : [];
  const makers = outlets.flatMap((outlet) =>
    outlet.sound ? [[outlet.target.part, relevelCommand(work, outlet, outlet.sound, media)] as const] : [],
  );
  if (makers.length === 0) return () => ({});
  return (stamp) => ({ relevel: Object.fromEntries(makers.map(([part, make]) => [part, make(stamp)])) });
}

/** Sound is drawn from the sources again, the picture is copied, and the rest is as it was. */
function relevelCommand(work: Work, outlet: Outlet, format: SoundFormat, media: Media): (stamp?: string) => Command {
  const { target, durationSec, render } = outlet;
  const canvas = newCanvas(media, { picture: false, picks: format.picks });
  const rate = work.base?.rate ?? work.seen[0]?.video.fps ?? { num: format.sampleRate, den: 1 };
  const pads = format.picks.map((pick) => {
    const to = canvas.pad("a");
    const from = drawSound(canvas, work.slots, { media, rate, format, pick });
    canvas.chains.push({ from: [from], filters: [amplify("trim")], to: [to] });
    return to;
  });
  const files: AuxFile[] = [];
  const inputs: InputSpec[] = canvas.inputs.map((input) => ({ ...input, args: ["-vn"] }));
  const made = inputs.push({ path: target.part, trusted: true }) - 1;
  const args = [
    ...(work.seen.length > 0 && render.rendition.video !== "none" ? ["-map", `${made}:v:0`, "-c:v", "copy"] : []),
    ...soundArgs(outlet, pads, work, media),
    ...streamArgs(outlet, inputs, files),
  ];
  const finish = openCommand({ inputs, graph: renderGraph(canvas.chains) });
  return (stamp) =>
    finish({
      outputs: [
        {
          args: [...args, ...stampArgs(outlet, stamp), ...containerArgs(render.rendition)],
          path: `${target.part}-level`,
        },
      ],
      files,
      mediaSec: durationSec,
      expectSec: durationSec / soundSpeed,
    });
}
