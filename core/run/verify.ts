import type { Host } from "../host/mod.ts";
import { plainLanguage, toNumber } from "../media/mod.ts";
import { type Depth, examine, type Examined, firstOffGrid, type Subject, subjectOf } from "./examine.ts";
import type { AudioCodec, Check, Codec, MediaInfo, OutputReport, Promised } from "../types.ts";
import { keptChecks } from "./kept.ts";
import { lookChecks } from "./look.ts";
import { together } from "./sums.ts";

export interface Verified {
  readonly checks: readonly Check[];
  /** A number made of all the bytes of its picture, where they were listed. */
  readonly pictureSum: number;
  readonly report: Omit<OutputReport, "path">;
}

export interface VerifyDesk {
  readonly host: Host;
  readonly signal?: AbortSignal | undefined;
  readonly depth?: Depth;
  /** Whether its picture is compared with its sources, which costs a moment of each. */
  readonly looks?: boolean;
  /** What its picture may be decoded with, where others are decoded beside it: threads that wait cost a tenth. */
  readonly threads?: number | undefined;
  /** What somebody else reads of it already. */
  readonly reading?: Promise<MediaInfo> | undefined;
}

/**
 * Looks at a finished file before it counts: read to its last packet, decoded on the CPU, and held against what the
 * plan promised. An exit code of zero proves nothing.
 */
export async function verifyFile(
  path: string,
  promised: Promised | undefined,
  { host, signal, depth = "full", looks = false, threads, reading }: VerifyDesk,
): Promise<Verified> {
  const weighs = depth === "full" || promised?.loudness !== undefined;
  const how = { host, signal, depth, look: looks ? promised : undefined, weighs, threads };
  const known = promised !== undefined && depth === "full";
  // Where it is known what has to be there, one start tells what the file is as well, but for pictures to be compared.
  const [seen, read] = await together([
    known ? examine(subjectPromised(path, promised), how) : undefined,
    known && !looks ? undefined : (reading ?? host.readMedia(path, signal)),
  ]);
  const info = seen?.told ?? read ?? (await host.readMedia(path, signal));
  const decoded = seen ?? (await examine(subjectOf(info), how));
  const texts = promised?.subtitles.some(({ cues }) => cues !== undefined) ? await host.readCues(info, signal) : [];
  const held = promised ? [...compare(promised, info, decoded), ...keptChecks(promised, info, texts)] : [];
  const shown = looks && promised ? await lookChecks(promised, decoded.seen, { host, signal }) : [];
  const checks = [...decoded.checks, ...held, ...shown];
  const { video, audio, sizeBytes, durationSec } = info;
  return {
    checks,
    pictureSum: decoded.sum,
    report: {
      sizeBytes,
      durationSec: video?.endSec ?? durationSec,
      ...(video && {
        video: { codec: video.codec, width: video.width, height: video.height, fps: video.fps, frames: decoded.frames },
      }),
      audio: audio.map(({ codec, sampleRate, channels }) => ({ codec, sampleRate, channels })),
      ...(video && audio[0] && { driftSec: Math.round((audio[0].endSec - video.endSec) * 1e6) / 1e6 }),
      ...(decoded.loudness && { loudness: decoded.loudness }),
      checks,
    },
  };
}

/** The streams as they were asked for: the first picture that is no cover, and every track of sound. */
function subjectPromised(path: string, { video, audio, durationSec }: Promised): Subject {
  const sound = audio.map((_, nth) => `a:${nth}`);
  return { path, ...(video && { picture: "V:0" }), sound, startSec: 0, durationSec };
}

/** ffmpeg's own names for what the plan calls by its short one. */
const codecNames: Readonly<Partial<Record<Codec | AudioCodec, string>>> = { pcm: "pcm_s16le" };

/** Codecs work in blocks; a track may be longer than asked by its padding, never shorter by more than this. */
const audioSlackSec = 0.06;

function compare(promised: Promised, info: MediaInfo, { frames, times }: Examined): readonly Check[] {
  const { video, durationSec } = promised;
  const found = info.video;
  const checks: Check[] = [];
  const look = (name: string, expected: unknown, got: unknown, ok = expected === got) =>
    checks.push({ name, ok, expected: String(expected), found: String(got) });

  if (video && !found) look("picture", "a picture", "none", false);
  if (video && found) {
    const rate = toNumber(video.fps);
    const isCopy = video.frames === 0;
    const slackSec = isCopy ? Math.max(1, durationSec * 0.02) : 1.5 / rate;
    look("codec", codecNames[video.codec as Codec] ?? video.codec, found.codec);
    look("size", `${video.width}x${video.height}`, `${found.width}x${found.height}`);
    look(
      "length",
      `${durationSec.toFixed(3)} s`,
      `${found.endSec.toFixed(3)} s`,
      Math.abs(found.endSec - found.startSec - durationSec) <= slackSec,
    );
    if (!isCopy) {
      look("frames", video.frames, frames);
      const off = firstOffGrid(times, rate);
      const steady = "every picture at its tick";
      if (times.length > 0) look("steady", steady, off === undefined ? steady : `picture ${off} is off`);
      look(
        "rate",
        round(rate),
        round(toNumber(found.fps)),
        Math.abs(toNumber(found.fps) - rate) / rate < 0.002 || video.frames < 3,
      );
      for (const tag of ["primaries", "transfer", "matrix", "range"] as const) {
        const [asked, got] = [video.color[tag], found.color[tag]];
        // HDR without its tags is shown grey and dark, so there a tag has to be found; elsewhere it may be left unsaid.
        const silent = got === undefined && (tag === "range" || !isHdr(video.color.transfer));
        if (asked && !silent) look(tag, asked, got ?? "none");
      }
      if (!isHdr(video.color.transfer) && isHdr(found.color.transfer))
        look("hdr", "no HDR tags", found.color.transfer, false);
    }
  }
  look("audio tracks", promised.audio.length, info.audio.length);
  promised.audio.forEach(({ codec, sampleRate, channels, endSec = durationSec, language, title, roles = [] }, nth) => {
    const track = info.audio[nth];
    if (track === undefined) return;
    look(
      `audio ${nth + 1}`,
      `${codecNames[codec as AudioCodec] ?? codec} ${sampleRate} Hz ${channels} ch`,
      `${track.codec} ${track.sampleRate} Hz ${track.channels} ch`,
    );
    const label = labelWords({ language, title, roles });
    if (label !== "")
      look(
        `audio ${nth + 1} label`,
        label,
        labelWords({
          language: language && track.language,
          title: title && track.title,
          roles: track.roles.filter((role) => roles.includes(role)),
        }),
      );
    look(
      `audio ${nth + 1} length`,
      `${endSec.toFixed(3)} s`,
      `${track.endSec.toFixed(3)} s`,
      track.endSec > endSec - audioSlackSec - (video?.frames === 0 ? 1 : 0),
    );
  });
  return checks;
}

function isHdr(transfer: string | undefined): boolean {
  return transfer === "smpte2084" || transfer === "arib-std-b67";
}

interface Labels {
  readonly language: string | undefined;
  readonly title: string | undefined;
  readonly roles: readonly string[];
}

function labelWords({ language, title, roles }: Labels): string {
  return [...(language ? [plainLanguage(language)] : []), ...(title ? [JSON.stringify(title)] : []), ...roles].join(
    " ",
  );
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
