import { dirname, join } from "node:path";
import { buildCommand, concatEntry, type InputSpec, renderGraph } from "../ffmpeg/mod.ts";
import type { AuxFile, Command, Container, Media, MediaInfo, VideoInfo } from "../types.ts";
import { newCanvas } from "./canvas.ts";
import { drawSound } from "./soundtrack.ts";
import type { Outlet, Work } from "./lower.ts";
import { containerArgs, streamArgs } from "./container.ts";
import { audioArgs, trackNumbers } from "./sound.ts";
import type { Clip } from "./timeline.ts";

/** Codecs each container can hold without a change; Matroska holds them all. */
const holds: Readonly<Record<Exclude<Container, "mkv">, RegExp>> = {
  mp4: /^(h264|hevc|av1|vp9|mpeg4|mpeg2video)$/,
  mov: /^(h264|hevc|prores|mpeg4|mjpeg|dnxhd|mpeg2video)$/,
  webm: /^(vp8|vp9|av1)$/,
  ts: /^(h264|hevc|mpeg2video)$/,
};
const holdsSound: Readonly<Record<Exclude<Container, "mkv">, RegExp>> = {
  mp4: /^(aac|mp3|ac3|eac3|opus|alac|flac)$/,
  mov: /^(aac|mp3|ac3|eac3|alac|pcm_.*)$/,
  webm: /^(opus|vorbis)$/,
  ts: /^(aac|mp3|ac3|eac3|mp2|opus)$/,
};

/**
 * Core's own bid: packets moved as they are, nothing decoded. Answers why it cannot be done, so that `plan` can say
 * so; undefined means it can.
 */
export function refuseCopy(work: Work, outlet: Outlet, media: Media): string | undefined {
  const { segments } = work.timeline;
  const clips = segments.filter((one): one is Clip => one.kind === "clip");
  const { wish, audio, render } = outlet;
  const { container } = render.rendition;
  if (wish?.codec !== "copy")
    return wish ? `${wish.codec} was asked for; say codec: copy to keep the source's own bits` : undefined;
  if (clips.length < segments.length) return "a crossfade needs new pictures";
  const changed = clips.find(
    ({ look }) => look.fits.length > 0 || look.fps.kind !== "source" || look.pixelFormat !== undefined,
  );
  if (changed) return `${changed.stages[0]} changes the picture's size, rate or format`;
  const infos = clips.map(({ source }) => media.files[source]);
  const videos = infos.flatMap((info) => info?.video ?? []);
  const [first] = videos;
  if (first === undefined) return "there is no picture to copy";
  const clash = videos.map((video) => difference(first, video)).find((one) => one !== undefined);
  if (clash) return `the clips differ in ${clash}, and a copy cannot change it`;
  if (container !== "mkv" && !holds[container].test(first.codec)) return `${container} cannot hold ${first.codec}`;
  const cut = clips.find((clip) => !isWhole(clip, media.files[clip.source]));
  if (cut && clips.length > 1)
    return "a copy of several ranges has to join them at keyframes of equal streams, which only an encode can promise";
  if (cut && !startsAtKeyframe(cut, media)) return "the cut does not start at a keyframe; say accuracy: keyframe";
  if (audio?.codec === "copy") return refuseSoundCopy(clips, infos, container);
  return undefined;
}

/** What clashes when sound is to be copied: late values, several clips with different sound, or the container. */
export function refuseSoundCopy(
  clips: readonly Clip[],
  infos: readonly (MediaInfo | undefined)[],
  container: Container,
): string | undefined {
  if (
    clips.some(({ sound }) => sound.gains.length > 0 || sound.sampleRate !== undefined || sound.channels !== undefined)
  )
    return "the sound is changed (loudness, rate or channels) and so cannot be copied; choose an audio codec";
  const sounds = infos.map((info) => info?.audio[0]);
  const keys = new Set(sounds.map((sound) => sound && [sound.codec, sound.sampleRate, sound.channels].join()));
  if (keys.size > 1) return "the clips differ in their sound, and a copy cannot change it";
  const codec = sounds[0]?.codec;
  if (codec && container !== "mkv" && !holdsSound[container].test(codec))
    return `${container} cannot hold ${codec} sound`;
  return undefined;
}

/** Picture copied; sound copied too, or rendered once over the whole programme so that joins stay in sync. */
export function copyCommand(
  work: Work,
  outlet: Outlet,
  { media, expectSec }: { readonly media: Media; readonly expectSec: number },
): Command {
  const clips = work.timeline.segments.filter((one): one is Clip => one.kind === "clip");
  const [first] = clips;
  const files: AuxFile[] = [];
  const inputs: InputSpec[] = [];
  if (first && clips.length === 1) inputs.push(copyInput(first, media));
  else {
    const path = join(
      dirname(outlet.target.part),
      `${outlet.target.part.slice(dirname(outlet.target.part).length + 1)}.list`,
    );
    files.push({
      path,
      text: ["ffconcat version 1.0", ...clips.map(({ source }) => concatEntry(source)), ""].join("\n"),
    });
    inputs.push({ path, args: ["-f", "concat", "-safe", "0", "-protocol_whitelist", "file"], trusted: true });
  }
  const sound =
    outlet.audio && work.sound ? copySound(work, outlet, { media, inputs }) : { args: ["-an"], graph: undefined };
  const stream = streamArgs(outlet, inputs, files);
  const tag =
    media.files[first?.source ?? ""]?.video?.codec === "hevc" && /^(mp4|mov)$/.test(outlet.render.rendition.container)
      ? ["-tag:v", "hvc1"]
      : [];
  return buildCommand({
    inputs,
    ...(sound.graph !== undefined && { graph: sound.graph }),
    outputs: [
      {
        args: [
          "-map",
          clips.length === 1 ? `0:${media.files[first?.source ?? ""]?.video?.index ?? "v:0"}` : "0:v:0",
          "-c:v",
          "copy",
          ...tag,
          ...sound.args,
          "-avoid_negative_ts",
          "make_zero",
          ...stream,
          ...containerArgs(outlet.render.rendition),
        ],
        path: outlet.target.part,
      },
    ],
    files,
    opens: clips.map(({ source }) => source),
    mediaSec: outlet.durationSec,
    expectSec,
  });
}

/** A millisecond behind the keyframe, since a seek lands at or before what it is given. */
function copyInput(clip: Clip, media: Media): InputSpec {
  const info = media.files[clip.source];
  const toEnd = info !== undefined && Math.abs(clip.outSec - end(info)) < 0.05;
  const length = toEnd ? [] : ["-t", (clip.outSec - clip.inSec).toFixed(6)];
  return { path: clip.source, args: length, seekSec: clip.inSec > 0 ? clip.inSec + (info?.leadSec ?? 0) + 0.001 : 0 };
}

function copySound(
  { slots, sound, base }: Work,
  { audio }: Outlet,
  { media, inputs }: { readonly media: Media; readonly inputs: InputSpec[] },
) {
  if (audio === undefined || sound === undefined) return { args: ["-an"], graph: undefined };
  if (audio.codec === "copy")
    return {
      args: [...(audio.tracks === "all" ? ["-map", "0:a?"] : ["-map", "0:a:0?"]), "-c:a", "copy"],
      graph: undefined,
    };
  const canvas = newCanvas(media, { picture: false, tracks: trackNumbers(sound) });
  const rate = base?.rate ?? { num: sound.sampleRate, den: 1 };
  const offset = inputs.length;
  const pads = trackNumbers(sound).map((track) => drawSound(canvas, slots, { media, rate, format: sound, track }));
  inputs.push(...canvas.inputs.map((input) => ({ ...input, args: ["-vn"] })));
  const chains = canvas.chains.map((chain) => ({
    ...chain,
    from: chain.from.map((pad) => pad.replace(/^(\d+)(?=:)/, (index) => String(Number(index) + offset))),
  }));
  return {
    args: [...pads.flatMap((pad) => ["-map", `[${pad}]`]), ...audioArgs(audio, sound)],
    graph: renderGraph(chains),
  };
}

function difference(a: VideoInfo, b: VideoInfo): string | undefined {
  const keys = ["codec", "profile", "width", "height", "pixelFormat", "rotation", "mirrored"] as const;
  const key = keys.find((one) => a[one] !== b[one]);
  if (key) return `${key} (${a[key]} and ${b[key]})`;
  return a.fps.num * b.fps.den === b.fps.num * a.fps.den ? undefined : "frame rate";
}

function isWhole(clip: Clip, info: MediaInfo | undefined): boolean {
  return info !== undefined && clip.inSec === 0 && Math.abs(clip.outSec - end(info)) < 0.05;
}

function startsAtKeyframe({ source, inSec }: Clip, { analyses }: Media): boolean {
  return (
    inSec === 0 ||
    analyses.some(
      ({ path, wish, spans }) =>
        path === source && wish.kind === "keyframes" && spans.some(([at]) => Math.abs(at - inSec) < 0.002),
    )
  );
}

function end({ video, durationSec }: MediaInfo): number {
  return video?.endSec ?? durationSec;
}
