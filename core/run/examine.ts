import { renderGraph } from "../ffmpeg/mod.ts";
import { type Host, identify } from "../host/mod.ts";
import { isUnreadable, limitsFor, listing, newTally, type Packets, readFfmpeg, refine } from "../media/mod.ts";
import type { Check, MediaInfo, Promised } from "../types.ts";
import { type LoudnessReading, readLoudness } from "./gain.ts";
import { sampleArgs } from "./look.ts";

/**
 * How much of the picture is decoded. Every packet is read and counted either way, and all sound is decoded; `sampled`
 * decodes the picture at its start, its middle and its end, a twentieth of the work.
 */
export type Depth = "full" | "sampled";

export interface Examined {
  readonly checks: readonly Check[];
  readonly frames: number;
  /** Pictures to compare, where that was asked for. */
  readonly seen: string;
  /** When each packet of the picture is shown, in order; empty where pictures are compared. */
  readonly times: readonly number[];
  /** A number made of all the bytes of those packets. */
  readonly sum: number;
  readonly loudness?: LoudnessReading;
  /** What the file is, where it was listed from end to end. */
  readonly told?: MediaInfo;
}

/** Which streams of a file are examined, in ffmpeg's own words, and where it begins and ends. */
export interface Subject {
  readonly path: string;
  readonly picture?: string;
  readonly sound: readonly string[];
  readonly startSec: number;
  readonly durationSec: number;
}

interface ExamineOptions {
  readonly host: Host;
  readonly signal?: AbortSignal | undefined;
  readonly depth: Depth;
  /** What its picture is to be compared with, where that is asked for. */
  readonly look: Promised | undefined;
  /** Whether somebody wants to know how loud it is, which takes as long as three times the decoding of the sound. */
  readonly weighs: boolean;
  /** Left to ffmpeg where it is not said. */
  readonly threads?: number | undefined;
}

/** Below this, looking for places costs more than decoding everything. */
const leastSampledSec = 8;
const sampleSec = 0.5;

/** The streams of a file that was read. */
export function subjectOf({ path, video, audio, startSec, durationSec }: MediaInfo): Subject {
  const sound = audio.map(({ index }) => String(index));
  return { path, ...(video && { picture: String(video.index) }), sound, startSec, durationSec };
}

/** One run of ffmpeg over a finished file: its packets, its pictures, its sound. */
export async function examine(
  subject: Subject,
  { host, signal, depth, look, weighs, threads }: ExamineOptions,
): Promise<Examined> {
  const { path, picture, sound, durationSec } = subject;
  const whole = depth === "full" || durationSec < leastSampledSec;
  const input = (before: readonly string[] = []) => [...before, ...limitsFor(path), "-i", `file:${path}`];
  // Blocks are smoothed after all that can go wrong; where nobody looks at the pictures, that is a sixth of the time.
  const unsmoothed = picture !== undefined && !look ? ["-skip_loop_filter", "all"] : [];
  const shared = threads === undefined ? [] : ["-threads", String(threads)];
  const looks = picture !== undefined && !whole ? samplesOf(subject) : [];
  const [first, ...others] = weighs ? sound : [undefined, ...sound];
  const ebur128 = { name: "ebur128", args: { peak: "true", framelog: "verbose" }, on: "any" } as const;
  const weigh = first && renderGraph([{ from: [`0:${first}`], filters: [ebur128], to: ["m"] }]);
  const decodes = [
    ...(weigh ? ["-map", "[m]"] : []),
    ...(picture !== undefined && whole ? ["-map", `0:${picture}`, "-fps_mode", "passthrough"] : []),
    ...looks.flatMap((_, nth) => ["-map", `${nth + 1}:${picture}`]),
    ...others.flatMap((one) => ["-map", `0:${one}`]),
  ];
  const packets = newTally();
  let decoded = 0;
  const { exitCode, stdout, stderr } = await host.spawn({
    program: host.tools.ffmpeg,
    args: [
      ...[
        "-hide_banner",
        "-nostdin",
        "-v",
        "level+info",
        "-nostats",
        ...input([...shared, ...unsmoothed]),
        ...looks.flatMap(input),
      ],
      ...(weigh ? ["-filter_complex", weigh] : []),
      ...(decodes.length > 0 ? [...decodes, "-f", "null", "-"] : []),
      ...(look && picture !== undefined
        ? sampleArgs(look, picture)
        : listArgs([...(picture === undefined ? [] : [picture]), ...sound])),
    ],
    signal,
    stallSec: host.settings.stall_sec,
    ...(look ? { keepStdout: true } : { onStdout: packets.read }),
    onProgress: (text) => (decoded = Number([...text.matchAll(/^frame=\s*(\d+)/gm)].at(-1)?.[1] ?? decoded)),
  });
  const wrong = /^(?:\[[^\]]*\] )*\[(?:error|fatal)\] .*$/m.exec(stderr)?.[0];
  const ok = exitCode === 0 && wrong === undefined;
  const loudness = readLoudness(stderr);
  const told = look || !whole ? undefined : await toldOf(subject, { stderr, packets: packets.packets() });
  const times = picture === undefined ? [] : packets.times();
  const expected = whole
    ? "no error from start to end"
    : "no error in any packet, at the start, the middle and the end";
  return {
    checks: [{ name: "decodes", ok, expected, found: wrong ?? (ok ? "no error" : `exit ${exitCode}`) }],
    frames: whole ? decoded : times.length,
    times,
    sum: picture === undefined ? 0 : packets.sum(),
    seen: stdout,
    ...(loudness && { loudness }),
    ...(told && { told }),
  };
}

/** Every packet in a line: none of them is decoded for it. */
function listArgs(streams: readonly string[]): readonly string[] {
  return streams.length === 0 ? [] : [...streams.flatMap((one) => ["-map", `0:${one}`]), ...copied];
}

const copied = ["-c", "copy", ...listing];

/** The file as its header and its packets tell it, where everything that was asked for was there to be listed. */
async function toldOf(
  { path, picture, sound }: Subject,
  { stderr, packets }: { readonly stderr: string; readonly packets: Packets },
): Promise<MediaInfo | undefined> {
  const sizeBytes = (await identify(path))?.sizeBytes ?? 0;
  const words = stderr.replaceAll(/^\[\w+\] /gm, "");
  const told = readFfmpeg(words, { path, sizeBytes });
  if (isUnreadable(told) || (told.video === undefined) !== (picture === undefined)) return undefined;
  const listed = Object.keys(packets.streams).length === told.audio.length + (told.video ? 1 : 0);
  return listed && told.audio.length === sound.length ? refine(told, packets, packets) : undefined;
}

/** Options that find the start, the middle, and the end, from the last keyframe before its last second. */
function samplesOf({ durationSec, startSec }: Subject): readonly (readonly string[])[] {
  const seek = (sec: number) => ["-noaccurate_seek", "-ss", (Math.max(0, startSec) + sec).toFixed(3)];
  const short = ["-t", String(sampleSec)];
  return [short, [...seek(durationSec / 2), ...short], seek(durationSec - 1)];
}

/** The first picture that does not stand at its own tick: a seam that lost one, showed one twice, or left a hole. */
export function firstOffGrid(times: readonly number[], rate: number): number | undefined {
  const [zero = 0] = times;
  const nth = times.findIndex((time, place) => Math.abs(time - zero - place / rate) > 0.5 / rate);
  return nth < 0 ? undefined : nth;
}
