import { buildCommand, type InputSpec } from "../ffmpeg/mod.ts";
import type { AuxFile, Command, Container, Media, MediaInfo, VideoInfo } from "../types.ts";
import { containerArgs, streamArgs } from "./container.ts";
import { groundOf } from "./ground.ts";
import type { Outlet, Work } from "./lower.ts";
import { soundArgs } from "./render.ts";
import { type Clip, clipsOf } from "./timeline.ts";
import { tracksFor } from "./tracks.ts";

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
  if (outlet.streams.burn) return "subtitles are drawn into the picture, which needs new pictures";
  if (clips.length < segments.length) return "a crossfade needs new pictures";
  const changed = clips.find(
    ({ look }) => look.fits.length > 0 || look.fps.kind !== "source" || look.pixelFormat !== undefined,
  );
  if (changed) return `${changed.stages[0]} changes the picture's size, rate or format`;
  const worked = clips.find(
    ({ look, source }) =>
      look.deinterlace === "on" || (look.hdr === "tonemap" && media.files[source]?.video?.hdr !== "sdr"),
  );
  if (worked)
    return `${worked.stages[0]} asks for ${worked.look.deinterlace === "on" ? "deinterlace: on" : "hdr: tonemap"}`;
  const infos = clips.map(({ source }) => media.files[source]);
  const videos = infos.flatMap((info) => info?.video ?? []);
  const [first] = videos;
  if (first === undefined) return "there is no picture to copy";
  const clash = videos.map((video) => difference(first, video)).find((one) => one !== undefined);
  if (clash) return `the clips differ in ${clash}, and a copy cannot change it`;
  if (container !== "mkv" && !holds[container].test(first.codec)) return `${container} cannot hold ${first.codec}`;
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

/** One file handed on whole: its streams as they are, but for sound that was asked for in another codec. */
export function copyFile(work: Work, outlet: Outlet, { media }: { readonly media: Media }): Command {
  const [clip] = clipsOf(work.timeline.segments);
  if (clip === undefined) throw new Error("a copy has a source");
  const { audio, sound, render, target, durationSec } = outlet;
  const { container } = render.rendition;
  const info = media.files[clip.source];
  const video = info?.video;
  const copies = audio?.codec === "copy";
  const ground = groundOf({ ...work, ...(copies && { sound: undefined }) }, media);
  const files: AuxFile[] = [];
  const inputs: InputSpec[] = [...ground.canvas.inputs.map((input) => ({ ...input, args: ["-vn"] }))];
  const place = inputs.push({ path: clip.source }) - 1;
  const tracks = (sound?.picks ?? []).flatMap((pick) => tracksFor(pick, info));
  const copied = [...tracks.flatMap((nth) => ["-map", `${place}:${info?.audio[nth]?.index}`]), "-c:a", "copy"];
  const tag = video?.codec === "hevc" && /^(mp4|mov)$/.test(container) ? ["-tag:v", "hvc1"] : [];
  const args = [
    ...["-map", `${place}:${video?.index ?? "v:0"}`, "-c:v", "copy", ...tag],
    ...(copies && sound ? copied : soundArgs(outlet, ground.sound.pads[0] ?? [], work, media)),
    ...["-avoid_negative_ts", "make_zero", ...streamArgs(outlet, inputs, files), ...containerArgs(render.rendition)],
  ];
  return buildCommand({
    inputs,
    ...(ground.sound.graph !== "" && { graph: ground.sound.graph }),
    outputs: [{ args, path: target.part }],
    files,
    mediaSec: durationSec,
    expectSec: 0.2 + durationSec / 2000,
  });
}

function difference(a: VideoInfo, b: VideoInfo): string | undefined {
  const keys = ["codec", "profile", "width", "height", "pixelFormat", "rotation", "mirrored"] as const;
  const key = keys.find((one) => a[one] !== b[one]);
  if (key) return `${key} (${a[key]} and ${b[key]})`;
  if (a.sar.num * b.sar.den !== b.sar.num * a.sar.den) return "the shape of their pixels";
  return a.fps.num * b.fps.den === b.fps.num * a.fps.den ? undefined : "frame rate";
}
