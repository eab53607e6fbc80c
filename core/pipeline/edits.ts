import type { FpsWish, Loudness, PictureWish, Position, Range, SilenceWish, SoundWish, Stage } from "../types.ts";
import { type Cell, type Cells, cellsOf, type Desk, fail, itemsOf, read, word } from "./desk.ts";
import { parseRange, parseSeconds } from "./moments.ts";
import { parseChannels, parseDecibels, parseFps, parseLufs, parsePeak, parseSampleRate, parseSize } from "./units.ts";

type Body<Kind extends Stage["kind"]> = Omit<
  Extract<Stage, { kind: Kind }>,
  "id" | "at" | "inputs" | "renders" | "kind"
>;

/** Only what the author asked for: a wish that is left out changes nothing. */
export function readNormalize(desk: Desk, body: Cells): Body<"normalize"> {
  const loudness = readLoudness(desk, body.get("loudness"));
  const [video, audio] = [body.get("video"), body.get("audio")];
  return {
    ...(loudness && { loudness }),
    ...(video && { video: readPicture(desk, cellsOf(video)) }),
    ...(audio && { audio: readSound(desk, cellsOf(audio)) }),
  };
}

export function readCut(desk: Desk, body: Cells, at: Position): Body<"cut"> {
  const silence = readSilence(desk, body.get("silence"));
  const asks =
    ["keep", "remove"].some((key) => body.has(key)) || (body.has("silence") && body.get("silence")?.value !== false);
  if (!asks)
    desk.problems.push({
      code: "PIPELINE_INVALID",
      message: "The cut says nothing to keep, to remove, and no silence",
      hint: 'write keep: "0:10-1:20", remove: "0:30-0:40" or silence: true',
      ...at,
    });
  return {
    keep: readRanges(desk, body.get("keep")),
    remove: readRanges(desk, body.get("remove")),
    ...(silence && { silence }),
    accuracy: word<"exact" | "keyframe">(body.get("accuracy")) ?? "exact",
  };
}

export function readConcat(desk: Desk, body: Cells): Body<"concat"> {
  return { crossfadeSec: read(desk, body.get("crossfade"), parseSeconds) ?? 0 };
}

export function readSound(desk: Desk, cells: Cells): SoundWish {
  const sampleRate = read(desk, cells.get("sample_rate"), parseSampleRate);
  const channels = read(desk, cells.get("channels"), parseChannels);
  return { ...(sampleRate !== undefined && { sampleRate }), ...(channels !== undefined && { channels }) };
}

const presets: Readonly<Record<string, Loudness | undefined>> = {
  streaming: { targetLufs: -14, truePeakDbtp: -1 },
  podcast: { targetLufs: -16, truePeakDbtp: -1 },
  broadcast: { targetLufs: -23, truePeakDbtp: -1 },
};

function readLoudness(desk: Desk, cell: Cell | undefined): Loudness | undefined {
  if (cell?.value === undefined || typeof cell.value === "string") return presets[word<string>(cell) ?? "off"];
  const cells = cellsOf(cell);
  const targetLufs = read(desk, cells.get("target"), parseLufs);
  const truePeakDbtp = read(desk, cells.get("true_peak"), parsePeak) ?? -1;
  const limiter = word<boolean>(cells.get("limiter")) === true;
  return targetLufs === undefined ? undefined : { targetLufs, truePeakDbtp, ...(limiter && { limiter }) };
}

function readPicture(desk: Desk, cells: Cells): PictureWish {
  const size = read(desk, cells.get("size"), parseSize);
  const pixelFormat = word<string>(cells.get("pixel_format"));
  const hdr = word<NonNullable<PictureWish["hdr"]>>(cells.get("hdr"));
  const fps = read<FpsWish>(desk, cells.get("fps"), parseFps) ?? { kind: "source" };
  const vfr = cells.get("vfr");
  const keeps = word<"constant" | "keep">(vfr) === "keep";
  if (vfr && keeps && fps.kind !== "source")
    fail(desk, vfr.at, {
      message: "vfr: keep leaves every frame at its own time, and fps asks for a rate",
      hint: "take one of them out, or say fps: source",
    });
  return {
    ...(size && { size }),
    ...(keeps && { vfr: "keep" }),
    fit: word<PictureWish["fit"]>(cells.get("fit")) ?? "contain",
    fps,
    ...(pixelFormat !== undefined && { pixelFormat }),
    deinterlace: word<PictureWish["deinterlace"]>(cells.get("deinterlace")) ?? "auto",
    ...(hdr && { hdr }),
  };
}

function readSilence(desk: Desk, cell: Cell | undefined): SilenceWish | undefined {
  if (cell?.value === undefined || cell.value === false) return undefined;
  const cells = cellsOf(cell);
  return {
    thresholdDb: read(desk, cells.get("threshold"), parseDecibels) ?? -40,
    leastSec: read(desk, cells.get("least"), parseSeconds) ?? 0.5,
    paddingSec: read(desk, cells.get("padding"), parseSeconds) ?? 0.1,
  };
}

function readRanges(desk: Desk, cell: Cell | undefined): readonly Range[] {
  return itemsOf(cell).flatMap((item) => {
    const range = read(desk, item, parseRange);
    return range === undefined ? [] : [{ ...range, at: desk.at(item.at) }];
  });
}
