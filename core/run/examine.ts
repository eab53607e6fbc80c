import { renderGraph } from "../ffmpeg/mod.ts";
import type { Host } from "../host/mod.ts";
import { limitsFor } from "../media/mod.ts";
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
  readonly loudness?: LoudnessReading;
}

interface ExamineOptions {
  readonly host: Host;
  readonly signal?: AbortSignal | undefined;
  readonly depth: Depth;
  /** What its picture is to be compared with, where that is asked for. */
  readonly look: Promised | undefined;
}

/** Below this, looking for places costs more than decoding everything. */
const leastSampledSec = 8;
const sampleSec = 0.5;

/** One run of ffmpeg over a finished file: its packets, its pictures, its sound. */
export async function examine(info: MediaInfo, { host, signal, depth, look }: ExamineOptions): Promise<Examined> {
  const { path, video, audio, durationSec } = info;
  const whole = depth === "full" || durationSec < leastSampledSec;
  const input = (before: readonly string[] = []) => [...before, ...limitsFor(path), "-i", `file:${path}`];
  const looks = video && !whole ? samplesOf(info) : [];
  const [first, ...others] = audio;
  const ebur128 = { name: "ebur128", args: { peak: "true", framelog: "verbose" }, on: "any" } as const;
  const weigh = first && renderGraph([{ from: [`0:${first.index}`], filters: [ebur128], to: ["m"] }]);
  const decodes = [
    ...(weigh ? ["-map", "[m]"] : []),
    ...(video && whole ? ["-map", `0:${video.index}`, "-fps_mode", "passthrough"] : []),
    ...looks.flatMap((_, nth) => ["-map", `${nth + 1}:${video?.index ?? 0}`]),
    ...others.flatMap(({ index }) => ["-map", `0:${index}`]),
  ];
  const packets = newPacketReader();
  let decoded = 0;
  const { exitCode, stdout, stderr } = await host.spawn({
    program: host.tools.ffmpeg,
    args: [
      ...["-hide_banner", "-nostdin", "-v", "level+info", "-nostats", ...input(), ...looks.flatMap(input)],
      ...(weigh ? ["-filter_complex", weigh] : []),
      ...(decodes.length > 0 ? [...decodes, "-f", "null", "-"] : []),
      ...(video ? (look ? sampleArgs(look, video.index) : listArgs(video.index)) : []),
    ],
    signal,
    stallSec: host.settings.stall_sec,
    ...(look ? { keepStdout: true } : { onStdout: packets.read }),
    onProgress: (text) => (decoded = Number([...text.matchAll(/^frame=\s*(\d+)/gm)].at(-1)?.[1] ?? decoded)),
  });
  const wrong = /^(?:\[[^\]]*\] )*\[(?:error|fatal)\] .*$/m.exec(stderr)?.[0];
  const ok = exitCode === 0 && wrong === undefined;
  const loudness = readLoudness(stderr);
  const times = packets.times();
  const expected = whole
    ? "no error from start to end"
    : "no error in any packet, at the start, the middle and the end";
  return {
    checks: [{ name: "decodes", ok, expected, found: wrong ?? (ok ? "no error" : `exit ${exitCode}`) }],
    frames: whole ? decoded : times.length,
    times,
    seen: stdout,
    ...(loudness && { loudness }),
  };
}

/** Every packet in a line: none of them is decoded for it. */
function listArgs(index: number): readonly string[] {
  return ["-map", `0:${index}`, "-c", "copy", "-f", "framecrc", "pipe:1"];
}

/** Options that find the start, the middle, and the end, from the last keyframe before its last second. */
function samplesOf({ durationSec, startSec }: MediaInfo): readonly (readonly string[])[] {
  const seek = (sec: number) => ["-noaccurate_seek", "-ss", (Math.max(0, startSec) + sec).toFixed(3)];
  const short = ["-t", String(sampleSec)];
  return [short, [...seek(durationSec / 2), ...short], seek(durationSec - 1)];
}

/** Reads what framecrc lists as it comes: the text of a long film is too much to keep, its moments are not. */
function newPacketReader() {
  let rest = "";
  let secPerTick = 0;
  const ticks: number[] = [];
  return {
    read(text: string) {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        const clock = /^#tb 0: (\d+)\/(\d+)/.exec(line);
        if (clock) secPerTick = Number(clock[1]) / Number(clock[2]);
        else if (!line.startsWith("#")) ticks.push(Number(line.split(",", 3)[2]));
      }
    },
    times: () => Array.from(ticks, (tick) => tick * secPerTick).sort((a, b) => a - b),
  };
}

/** The first picture that does not stand at its own tick: a seam that lost one, showed one twice, or left a hole. */
export function firstOffGrid(times: readonly number[], rate: number): number | undefined {
  const [zero = 0] = times;
  const nth = times.findIndex((time, place) => Math.abs(time - zero - place / rate) > 0.5 / rate);
  return nth < 0 ? undefined : nth;
}
