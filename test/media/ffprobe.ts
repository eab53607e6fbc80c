import { assemble } from "../../core/media/assemble.ts";
import { inputLimits, parseRational, toNumber, type FileFacts, type Unreadable } from "../../core/media/mod.ts";
import type { RawStream } from "../../core/media/raw.ts";
import { rolesIn } from "../../core/media/roles.ts";
import { explain } from "../../core/media/unreadable.ts";
import type { MediaInfo } from "../../core/types.ts";

/** Another program's account of the same files, to hold ours against: what {@link readFfprobe} reads. */
export function ffprobeArgs(path: string): string[] {
  const show = ["-show_error", "-show_format", "-show_streams", "-show_chapters"];
  return ["-v", "error", "-of", "json", ...show, ...inputLimits, `file:${path}`];
}

/** Reads what ffprobe prints as JSON; beside it, its other words may say more about a file that it cannot open. */
export function readFfprobe(json: string, file: FileFacts, words = ""): MediaInfo | Unreadable {
  const { format, streams = [], chapters = [], error } = parse(json);
  if (!format) return explain(`${words}\n${error?.string ?? "ffprobe printed no facts"}`, file);
  return assemble(
    {
      format: format.format_name ?? "unknown",
      startSec: seconds(format.start_time) ?? 0,
      durationSec: seconds(format.duration) ?? 0,
      tags: Object.entries(format.tags ?? {}),
      streams: streams.map(readStream),
      chapters: chapters.map(({ start_time, end_time, tags }) => ({
        startSec: seconds(start_time) ?? 0,
        endSec: seconds(end_time) ?? 0,
        title: tags?.["title"] ?? "",
      })),
    },
    file,
  );
}

interface Probed {
  readonly format?: Readonly<Partial<Record<"format_name" | "start_time" | "duration", string>>> & {
    readonly tags?: Tags;
  };
  readonly streams?: readonly ProbedStream[];
  readonly chapters?: readonly { readonly start_time?: string; readonly end_time?: string; readonly tags?: Tags }[];
  readonly error?: { readonly string?: string };
}

type Tags = Readonly<Record<string, string>>;

interface ProbedStream extends Readonly<Partial<Record<TextField, string>>> {
  readonly index: number;
  readonly width?: number;
  readonly height?: number;
  readonly channels?: number;
  readonly disposition?: Readonly<Record<string, number>>;
  readonly tags?: Tags;
  readonly side_data_list?: readonly (Display & Dolby)[];
}

interface Dolby {
  readonly dv_profile?: number;
  readonly dv_bl_signal_compatibility_id?: number;
}

interface Display {
  readonly rotation?: number;
  readonly displaymatrix?: string;
}

type TextField =
  | "codec_type"
  | "codec_name"
  | "profile"
  | "start_time"
  | "duration"
  | "sample_aspect_ratio"
  | "avg_frame_rate"
  | "r_frame_rate"
  | "pix_fmt"
  | "field_order"
  | "color_range"
  | "color_space"
  | "color_primaries"
  | "color_transfer"
  | "sample_rate"
  | "channel_layout";

function parse(json: string): Probed {
  try {
    return JSON.parse(json) as Probed;
  } catch {
    return {};
  }
}

function readStream(stream: ProbedStream): RawStream {
  const startSec = seconds(stream.start_time);
  const durationSec = seconds(stream.duration);
  return {
    index: stream.index,
    type: stream.codec_type ?? "unknown",
    codec: stream.codec_name ?? "none",
    isDefault: stream.disposition?.["default"] === 1,
    isCover: stream.disposition?.["attached_pic"] === 1,
    language: stream.tags?.["language"],
    roles: rolesIn((word) => stream.disposition?.[word] === 1),
    tags: Object.fromEntries(Object.entries(stream.tags ?? {}).map(([name, value]) => [name.toLowerCase(), value])),
    startSec,
    endSec: durationSec === undefined ? undefined : (startSec ?? 0) + durationSec,
    profile: stream.profile,
    width: stream.width,
    height: stream.height,
    sar: stream.sample_aspect_ratio,
    ...readDisplay(stream.side_data_list?.find(({ rotation }) => rotation !== undefined)),
    ...readDolby(stream.side_data_list?.find(({ dv_profile }) => dv_profile !== undefined)),
    averageFps: rate(stream.avg_frame_rate),
    baseFps: rate(stream.r_frame_rate),
    pixelFormat: stream.pix_fmt,
    field: stream.field_order,
    range: stream.color_range,
    matrix: stream.color_space,
    primaries: stream.color_primaries,
    transfer: stream.color_transfer,
    sampleRate: Number(stream.sample_rate ?? 0),
    channels: stream.channels,
    layout: stream.channel_layout,
  };
}

/** The number alone does not tell a flip from a turn. */
function readDisplay({ rotation, displaymatrix }: Display = {}): Pick<RawStream, "rotation" | "mirrored"> {
  return readMatrix(displaymatrix ?? "") ?? { rotation };
}

function readDolby({ dv_profile, dv_bl_signal_compatibility_id = 0 }: Dolby = {}): Pick<RawStream, "dolby"> {
  return dv_profile === undefined ? {} : { dolby: { profile: dv_profile, compatible: dv_bl_signal_compatibility_id } };
}

function seconds(text: string | undefined): number | undefined {
  const sec = Number(text);
  return text === undefined || Number.isNaN(sec) ? undefined : sec;
}

function rate(text = ""): number | undefined {
  const value = parseRational(text);
  return value && value.num > 0 ? toNumber(value) : undefined;
}

/** Reads a display matrix as ffprobe prints it: rows of three, of which the upper left four turn and flip. */
function readMatrix(text: string): Required<Pick<RawStream, "rotation" | "mirrored">> | undefined {
  const [a, b, , c, d] = [...text.matchAll(/(?<=\s)-?\d+(?=\s)/g)].map(Number);
  if (a === undefined || b === undefined || c === undefined || d === undefined) return undefined;
  const mirrored = a * d - b * c < 0;
  // What is left once the flip is taken off; the matrix turns clockwise, and rotations are told the other way round.
  const turned = (mirrored ? Math.atan2(-b, -a) : Math.atan2(b, a)) * (180 / Math.PI);
  return { rotation: 0 - Math.round(turned), mirrored };
}
