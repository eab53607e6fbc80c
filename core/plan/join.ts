import { buildCommand, concatEntry, type InputSpec } from "../ffmpeg/mod.ts";
import { toNumber } from "../media/mod.ts";
import type { AuxFile, Command, Media, Piece, Pieces } from "../types.ts";
import { looseMarginSec, looseSeek } from "./canvas.ts";
import { containerArgs, streamArgs } from "./container.ts";
import { groundOf } from "./ground.ts";
import type { Outlet, Work } from "./lower.ts";
import { soundArgs } from "./render.ts";
import { edgeCommand } from "./smart.ts";
import type { Stretch, Take } from "./takes.ts";
import type { ChosenWay } from "./ways.ts";

export interface Made {
  readonly commands: readonly Command[];
  readonly pieces?: Pieces;
  readonly moved?: readonly Piece[];
}

interface JoinDesk {
  readonly media: Media;
  readonly cores: number;
}

/**
 * Copied stretches and encoded edges, each to a file of its own, then joined; sound is rendered once over the whole
 * programme, since joins of encoded sound drift.
 */
export function joinPieces(work: Work, outlet: Outlet, way: ChosenWay, { media, cores }: JoinDesk): Made {
  const { stretches } = way;
  const clock = Math.max(...stretches.map(({ take }) => take.index.ticksPerSec));
  const muxing = ["-f", pieceMuxer(stretches), "-video_track_timescale", String(clock)];
  const base = outlet.target.part;
  const list = piecesOf(stretches, (_, nth) => `${base}-${nth}.mp4`);
  const making = stretches.map((stretch, nth) => {
    const path = list[nth]?.path ?? "";
    return stretch.copied ? copyCommand(stretch, path, muxing) : edgeCommand(stretch, { media, path, muxing });
  });
  const listed = {
    path: `${base}-list`,
    entries: stretches.map((stretch, nth) => entry(list[nth]?.path ?? "", stretch)),
  };
  const joining = joinCommands(work, outlet, { way, media, clock, list: listed, opens: list.map(({ path }) => path) });
  return { commands: [...making, ...joining], pieces: { atOnce: Math.max(1, Math.min(4, cores)), list } };
}

/** Where each stretch stands in the output, and what it was copied from. */
function piecesOf(stretches: readonly Stretch[], pathOf: (stretch: Stretch, nth: number) => string): readonly Piece[] {
  let at = 0;
  return stretches.map((stretch, nth): Piece => {
    const { take, first, past, copied } = stretch;
    const piece = { path: pathOf(stretch, nth), frames: [at, (at += past - first)] as const };
    const { source } = take.clip;
    if (!copied) return piece;
    return { ...piece, copied: { source, fromSec: pictureSec(take, first), toSec: pictureSec(take, past) } };
  });
}

/** Whole files that are alike in every respect are read as one, without a copy of each in between. */
export function joinFiles(work: Work, outlet: Outlet, way: ChosenWay, { media }: JoinDesk): Made {
  const { stretches } = way;
  const clock = stretches[0]?.take.index.ticksPerSec ?? 0;
  const entries = stretches.map((stretch) => entry(stretch.take.clip.source, stretch));
  const list = { path: `${outlet.target.part}-list`, entries };
  const opens = stretches.map(({ take }) => take.clip.source);
  const moved = piecesOf(stretches, ({ take }) => take.clip.source);
  return { commands: joinCommands(work, outlet, { way, media, clock, list, opens }), moved };
}

/** Whether a list may name the sources themselves: same clock, same place of the picture, and nothing before it. */
export function areAlike(stretches: readonly Stretch[]): boolean {
  const [one] = stretches;
  return stretches.every(
    ({ take: { index, video, info } }) =>
      index.ticksPerSec === one?.take.index.ticksPerSec &&
      video.index === one.take.video.index &&
      info.audio.length === one.take.info.audio.length &&
      index.firstSec * toNumber(video.fps) < 0.5,
  );
}

function entry(path: string, { take: { video }, first, past }: Stretch): string {
  return `${concatEntry(path)}\nduration ${((past - first) / toNumber(video.fps)).toFixed(6)}`;
}

interface Joining extends Pick<JoinDesk, "media"> {
  readonly way: ChosenWay;
  readonly clock: number;
  readonly list: { readonly path: string; readonly entries: readonly string[] };
  readonly opens: readonly string[];
}

/**
 * The list read as one file. Times are laid on the grid of the frame rate again: pictures by the tick they stand at,
 * decoding by order. Up to 6.0 that is only done right where both sides count time alike, so a container with a
 * clock of its own gets its picture from a file in between.
 */
function joinCommands(work: Work, outlet: Outlet, { way, media, clock, list, opens }: Joining): readonly Command[] {
  const { container } = outlet.render.rendition;
  const isMov = container === "mp4" || container === "mov";
  const files: AuxFile[] = [{ path: list.path, text: ["ffconcat version 1.0", ...list.entries, ""].join("\n") }];
  const picture: InputSpec = {
    path: list.path,
    args: ["-f", "concat", "-safe", "0", "-protocol_whitelist", "file"],
    trusted: true,
  };
  const grid = ["-bsf:v", gridFilter(way), ...tag(way), "-video_track_timescale", String(clock)];
  const { durationSec, target } = outlet;
  const common = { mediaSec: durationSec, expectSec: 0.2 + durationSec / 2000 };
  if (isMov) return [finalCommand(work, outlet, { way, media, picture, files, opens, args: grid, common })];
  const between = `${target.part}-picture.mp4`;
  const args = ["-map", "0:v:0", "-c:v", "copy", ...grid, "-f", "mp4"];
  return [
    buildCommand({ inputs: [picture], outputs: [{ args, path: between }], files, opens, ...common }),
    finalCommand(work, outlet, { way, media, picture: { path: between }, files: [], opens: [], args: [], common }),
  ];
}

interface Finishing extends Pick<Joining, "way" | "media" | "opens"> {
  readonly picture: InputSpec;
  readonly files: AuxFile[];
  readonly args: readonly string[];
  readonly common: { readonly mediaSec: number; readonly expectSec: number };
}

function finalCommand(work: Work, outlet: Outlet, { way, media, picture, files, opens, args, common }: Finishing) {
  const takes = takesOf(way.stretches);
  const copies = outlet.audio?.codec === "copy";
  const ground = groundOf({ ...work, ...(copies && { sound: undefined }) }, media);
  const inputs: InputSpec[] = ground.canvas.inputs.map((input) => ({ ...input, args: ["-vn"] }));
  const place = inputs.push(picture) - 1;
  const sound = copies
    ? copiedSound(outlet, takes, inputs)
    : soundArgs(outlet, ground.sound.pads[0] ?? [], work, media);
  const streams = streamArgs(outlet, inputs, files);
  return buildCommand({
    inputs,
    ...(ground.sound.graph !== "" && { graph: ground.sound.graph }),
    outputs: [
      {
        args: [
          ...["-map", `${place}:v:0`, "-c:v", "copy", ...args, ...sound, ...streams],
          ...containerArgs(outlet.render.rendition),
        ],
        path: outlet.target.part,
      },
    ],
    files,
    opens,
    ...common,
  });
}

/** Packets of sound are as short as the ear needs them to be, so a cut between two of them stays in sync. */
function copiedSound({ audio, sound }: Outlet, [take]: readonly Take[], inputs: InputSpec[]): readonly string[] {
  if (take === undefined || audio === undefined || sound === undefined) return ["-an"];
  const { clip, past, info } = take;
  const length = pictureSec(take, past) - clip.inSec;
  const seekSec = clip.inSec > 0 ? clip.inSec + (info.leadSec ?? 0) : 0;
  const place = inputs.push({ path: clip.source, seekSec, args: ["-vn", "-t", length.toFixed(6)] }) - 1;
  const maps = audio.tracks === "all" ? [`${place}:a?`] : [`${place}:a:0?`];
  return [...maps.flatMap((map) => ["-map", map]), "-c:a", "copy"];
}

/** Everything between two moments, whatever a seek lands on: no picture from before, none from behind. */
function copyCommand({ take, first, past }: Stretch, path: string, muxing: readonly string[]): Command {
  const { clip, video, info } = take;
  const [fromSec, toSec] = [pictureSec(take, first), pictureSec(take, past)];
  const half = 0.5 / toNumber(video.fps);
  const isEnd = past === take.index.count;
  const drops = [
    `lt(pts*tb\\,${(fromSec - half).toFixed(6)})`,
    ...(isEnd ? [] : [`gte(pts*tb\\,${(toSec - half).toFixed(6)})`]),
  ];
  const clock = ["-copyts", "-itsoffset", (1e-6 - info.startSec).toFixed(6)];
  // A seek lands at or before what it is given; some land far before, and some a little behind.
  const margin = looseSeek.test(info.container) ? looseMarginSec : -0.001;
  const seekSec = fromSec > 0 ? Math.max(0, fromSec + (info.leadSec ?? 0) - margin) : 0;
  return buildCommand({
    inputs: [{ path: clip.source, args: clock, seekSec }],
    outputs: [
      {
        args: [
          ...["-map", `0:${video.index}`, "-c", "copy", "-bsf:v", `noise=drop=${drops.join("+")}`],
          ...(isEnd ? [] : ["-to", (toSec + 2).toFixed(6)]),
          ...["-avoid_negative_ts", "make_zero", ...muxing],
        ],
        path,
      },
    ],
    mediaSec: toSec - fromSec,
    expectSec: 0.1 + (toSec - fromSec) / 4000,
  });
}

/** Each take once, from where its first stretch begins to where its last one ends. */
function takesOf(stretches: readonly Stretch[]): readonly Take[] {
  const found = new Map<Take, Take>();
  for (const { take, first, past } of stretches)
    found.set(take, { ...take, first: found.get(take)?.first ?? first, past });
  return [...found.values()];
}

/** When a picture is shown, from its keyframe or by counting. */
function pictureSec({ index, video, info }: Take, picture: number): number {
  const key = index.keys.find(([one]) => one === picture);
  if (key) return key[1];
  return index.steady ? index.firstSec + picture / toNumber(video.fps) : (info.video?.endSec ?? info.durationSec);
}

function gridFilter({ way, stretches }: ChosenWay): string {
  const [first] = stretches;
  const { num, den } = first?.take.video.fps ?? { num: 1, den: 1 };
  const reorder = Math.max(...stretches.map(({ take }) => take.index.reorder));
  const tick = `(TB*${num}/${den})`;
  const steady = stretches.every(({ take }) => take.index.steady);
  // Sound that lies beside the first picture sets the clock a moment back by its priming.
  const at = `round((PTS-STARTPTS)*${tick})+${first ? leading(first) : 0}`;
  const grid = `setts=pts=(${at})/${tick}:dts=(N-${reorder})/${tick}:duration=1/${tick}`;
  // Sets that are the same everywhere stand at the head of the file, where every player finds them.
  const sets = way !== "smart cut" && first?.take.video.codec === "h264" ? ["filter_units=remove_types=7-8"] : [];
  return [...sets, ...(steady ? [grid] : [])].join(",") || "null";
}

/** Pictures that are shown before the one that is decoded first. */
function leading({ take, first, copied }: Stretch): number {
  const key = copied ? take.index.keys.find(([picture]) => picture >= first) : undefined;
  return key ? key[0] - first : 0;
}

/** Tags that say whether parameter sets stand among the pictures too, as they must where edges were encoded. */
function tag({ way, stretches }: ChosenWay): readonly string[] {
  const { codec = "" } = stretches[0]?.take.video ?? {};
  const tags: Readonly<Record<string, readonly [whole: string, smart: string]>> = {
    h264: ["avc1", "avc3"],
    hevc: ["hvc1", "hev1"],
  };
  const found = tags[codec]?.[way === "smart cut" ? 1 : 0];
  return found ? ["-tag:v", found] : [];
}

/** What holds every codec that a copy may be made of, and keeps the clock it is given. */
function pieceMuxer(stretches: readonly Stretch[]): string {
  return stretches.some(({ take }) => /^(prores|dnxhd|mjpeg)$/.test(take.video.codec)) ? "mov" : "mp4";
}
