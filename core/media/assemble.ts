import type { AttachmentInfo, AudioInfo, MediaInfo, SubtitleInfo } from "../types.ts";
import { channelsOf, guessLayout } from "./layout.ts";
import { maxPixels } from "./limits.ts";
import { readVideo } from "./picture.ts";
import type { RawMedia, RawStream } from "./raw.ts";
import { roundUs } from "./time.ts";
import { unreadable } from "./unreadable.ts";
import type { FileFacts, Unreadable } from "./unreadable.ts";

/** Gives meaning to what ffmpeg said. */
export function assemble(raw: RawMedia, { path, sizeBytes }: FileFacts): MediaInfo | Unreadable {
  const { startSec } = raw;
  const all = { ...raw, durationSec: ownDuration(raw) };
  const of = (type: string) => raw.streams.filter((stream) => stream.type === type);
  const pictures = of("video").filter(({ isCover }) => !isCover);
  const picture = pictures.find(({ isDefault }) => isDefault) ?? pictures[0];
  const audio = of("audio").flatMap((stream) => readAudio(stream, all));
  const subtitles = of("subtitle").map(readSubtitle);
  const attachments = of("attachment").map(readAttachment);
  const timecode = timecodeOf(raw);
  const cover = of("video").find(({ isCover }) => isCover)?.index;

  if (!picture && audio.length === 0) {
    return unreadable("INPUT_REFUSED", "The file holds no picture and no sound", "give a video or audio file");
  }
  const pixels = picture && (picture.width ?? 0) * (picture.height ?? 0);
  if (pixels === 0 || (pixels ?? 0) > maxPixels) {
    const size = pixels === 0 ? "unknown" : `${picture?.width}x${picture?.height}`;
    const hint = `it is damaged, in a codec that ffmpeg cannot read, or above ${maxPixels} pixels`;
    return unreadable("INPUT_REFUSED", `The size of the picture is ${size}`, hint);
  }
  return {
    path,
    container: raw.format,
    durationSec: all.durationSec,
    sizeBytes,
    startSec,
    ...(picture && { video: readVideo(picture, all) }),
    audio,
    subtitles,
    chapters: raw.chapters.map(({ title, ...span }) => ({
      startSec: Math.max(0, roundUs(span.startSec - startSec)),
      endSec: Math.max(0, roundUs(span.endSec - startSec)),
      title,
    })),
    ...(cover !== undefined && { cover }),
    angles: Math.max(0, pictures.length - 1),
    attachments,
    data: of("audio").length - audio.length + raw.streams.filter((stream) => isData(stream, raw)).length,
    ...(timecode !== undefined && { timecode }),
    tags: Object.fromEntries(raw.tags.map(([name, value]) => [name.toLowerCase(), value.replaceAll("\r", " ")])),
  };
}

/** Matroska writes the moment of the end, every other container the length. */
function ownDuration({ format, startSec, durationSec }: RawMedia): number {
  const end = format.startsWith("matroska") && durationSec > startSec;
  return roundUs(end ? durationSec - startSec : durationSec);
}

/** A track that ffmpeg can say nothing of cannot be played, and counts as data. */
function readAudio(stream: RawStream, { startSec, durationSec }: RawMedia): AudioInfo[] {
  const { index, codec, sampleRate = 0, isDefault } = stream;
  const channels = stream.channels ?? channelsOf(stream.layout ?? "");
  if (sampleRate === 0 || channels === 0) return [];
  return [
    {
      index,
      codec,
      sampleRate,
      channels,
      layout: /^(\d+ channels)?$/.test(stream.layout ?? "") ? guessLayout(channels) : (stream.layout ?? ""),
      ...named(stream),
      isDefault,
      roles: stream.roles,
      startSec: Math.max(0, roundUs((stream.startSec ?? startSec) - startSec)),
      endSec: roundUs((stream.endSec ?? startSec + durationSec) - startSec),
    },
  ];
}

const BITMAPS = ["dvd_subtitle", "hdmv_pgs_subtitle", "dvb_subtitle", "xsub"];

function readSubtitle(stream: RawStream): SubtitleInfo {
  const kind = BITMAPS.includes(stream.codec) ? "bitmap" : "text";
  const { index, codec, isDefault, roles } = stream;
  return { index, codec, kind, ...named(stream), isDefault, roles };
}

function readAttachment({ index, tags }: RawStream): AttachmentInfo {
  return { index, name: tags["filename"] ?? "", mimetype: tags["mimetype"] ?? "" };
}

/** A timecode has a track of its own in mov and mp4, and so have the titles of chapters; neither is lost as data. */
function isData({ type, codec, tags }: RawStream, { chapters }: RawMedia): boolean {
  if (["video", "audio", "subtitle", "attachment"].includes(type)) return false;
  return tags["timecode"] === undefined && !(codec === "bin_data" && chapters.length > 0);
}

function timecodeOf({ tags, streams }: RawMedia): string | undefined {
  const told = [
    ...streams.map((stream) => stream.tags["timecode"]),
    new Map(tags.map(([name, value]) => [name.toLowerCase(), value])).get("timecode"),
  ];
  return told.find((text) => text !== undefined && /^\d{1,2}:\d\d:\d\d[:;.]\d{2,3}$/.test(text));
}

/** "und" is how a container says that it does not know. */
function named({ language, tags }: RawStream): { readonly language?: string; readonly title?: string } {
  const title = tags["title"];
  return { ...(language && language !== "und" && { language }), ...(title && { title }) };
}
