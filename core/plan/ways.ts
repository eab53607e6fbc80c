import { toNumber } from "../media/mod.ts";
import type { Media, PlannedWay, Survey, VideoInfo, Way } from "../types.ts";
import { refuseCopy } from "./copy.ts";
import type { Outlet, Work } from "./lower.ts";
import { edgeEncoder } from "./smart.ts";
import { alignedTakes, exactTakes, isWhole, slotsOf, type Stretch, type Take } from "./takes.ts";
import { type Clip, clipsOf } from "./timeline.ts";

/** The ways to make an output without encoding all of it, the cheapest first. */
const copyWays = ["whole copy", "keyframe copy", "smart cut"] as const satisfies readonly Way[];
type CopyWay = (typeof copyWays)[number];

/** What a way takes, or why it is not to be had. */
export type Judgement =
  | { readonly way: CopyWay; readonly stretches: readonly Stretch[] }
  | { readonly way: CopyWay; readonly refused: string };

export type ChosenWay = Extract<Judgement, { stretches: unknown }>;

interface WayDesk {
  readonly media: Media;
  readonly survey: Survey;
}

/** Looks at each way in turn and stops at the first that keeps every promise. */
export function judgeWays(work: Work, outlet: Outlet, desk: WayDesk): readonly Judgement[] {
  const never = refuseCopy(work, outlet, desk.media);
  if (never !== undefined) return copyWays.map((way) => ({ way, refused: never }));
  const judged: Judgement[] = [];
  for (const way of copyWays) {
    const answer = judges[way](work, outlet, desk);
    judged.push(typeof answer === "string" ? { way, refused: answer } : { way, stretches: answer });
    if (typeof answer !== "string") break;
  }
  return judged;
}

/** A work, with what became of every way to spare it the encoding. */
export interface Considered {
  /** Its lengths are those of the way that is taken. */
  readonly work: Work;
  readonly chosen: ChosenWay | undefined;
  /** What is encoded: all of it, or what follows should a smart cut not keep its promise. */
  readonly encoded: Work | undefined;
  readonly ways: readonly PlannedWay[];
}

export function consider(work: Work, desk: WayDesk): Considered {
  const judged = work.outlets.map((outlet) => (outlet.wish ? judgeWays(work, outlet, desk) : []));
  const ways = judged.flatMap((list, nth) => tell(work, work.outlets[nth]?.render.rendition.name ?? "", list));
  if (!work.copies) return { work, chosen: undefined, encoded: work, ways };
  const chosen = judged[0]?.find((one) => "stretches" in one);
  const exact = chosen ? fitted(work, chosen) : work;
  return { work: exact, chosen, encoded: chosen?.way === "smart cut" ? work.otherwise : undefined, ways };
}

/** The frames that each clip's stretches take of its source. */
export function picturesTaken({ stretches }: ChosenWay): ReadonlyMap<Clip, readonly [number, number]> {
  const taken = new Map<Clip, readonly [number, number]>();
  for (const { take, first, past } of stretches)
    taken.set(take.clip, [taken.get(take.clip)?.[0] ?? Math.max(0, first), past]);
  return taken;
}

/** The work as long as what it takes. A smart cut takes what an encode would; elsewhere sound follows the picture. */
function fitted(work: Work, chosen: ChosenWay): Work {
  const { way, stretches } = chosen;
  const takes = [...new Set(stretches.map(({ take }) => take))];
  const outlets = work.outlets.map((outlet) => measured(outlet, chosen));
  if (way === "smart cut" || takes.length === 0) return { ...work, outlets };
  return { ...work, outlets, slots: slotsOf(takes, work.sound?.sampleRate ?? 48000) };
}

/** As many frames as its stretches hold. Nobody can tell where the rate varies or a field may be a packet of its own. */
function measured(outlet: Outlet, { stretches }: ChosenWay): Outlet {
  const video = stretches[0]?.take.video;
  const frames = stretches.reduce((sum, { first, past }) => sum + past - first, 0);
  const known = stretches.every(({ take }) => take.index.steady && !take.video.interlaced.endsWith("first"));
  return video && known ? { ...outlet, frames, durationSec: frames / toNumber(video.fps) } : { ...outlet, frames: 0 };
}

function tell({ id, outlets, copies, slots }: Work, name: string, judged: readonly Judgement[]): readonly PlannedWay[] {
  const rendition = outlets.length > 1 ? name : "";
  const say = (way: Way, taken: boolean, reason: string): PlannedWay => ({ job: id, rendition, way, taken, reason });
  const told = judged.map((one) =>
    "refused" in one ? say(one.way, false, one.refused) : say(one.way, true, whatMoves(one)),
  );
  if (told.some(({ taken }) => taken)) return told;
  if (copies) return [...told, say("one graph", false, "codec: copy asks for no encode")];
  const idle = "not needed: one process holds every stage, and frames change memory within it";
  const reads = slots.some(({ comb }) => comb !== undefined)
    ? "near ranges read in one go, any other by its own seek"
    : "every range read by its own seek";
  return [
    ...told,
    say("one graph", true, `${reads}, each frame encoded once`),
    say("pipe", false, idle),
    say("intermediate files", false, idle),
  ];
}

function whatMoves({ way, stretches }: ChosenWay): string {
  const edges = stretches.filter(({ copied }) => !copied);
  const count = (list: readonly Stretch[]) => list.reduce((sum, { first, past }) => sum + past - first, 0);
  if (way !== "smart cut") return "packets are moved as they are";
  const all = count(stretches);
  return `${all - count(edges)} of ${all} frames are moved as they are, ${count(edges)} at ${edges.length} edges are encoded; checked packet by packet, and encoded whole should that fail`;
}

type Judge = (work: Work, outlet: Outlet, desk: WayDesk) => readonly Stretch[] | string;

const unlooked = "the packets of its sources were not listed";

const judges: Readonly<Record<CopyWay, Judge>> = {
  "whole copy"(work, outlet, { media }) {
    const clips = clipsOf(work.timeline.segments);
    const part = clips.find((clip) => !isWhole(clip, media.files[clip.source]));
    if (part) return `only a part of ${part.source} is kept`;
    const takes = alignedTakes(work, media);
    // A single file is handed on as it is, whatever is in it.
    if (takes === undefined) return clips.length === 1 ? [] : unlooked;
    return refuseJoin(takes, outlet) ?? takes.map(copied);
  },
  "keyframe copy"(work, outlet, { media }) {
    const takes = alignedTakes(work, media);
    if (takes === undefined) return unlooked;
    const odd = takes.find(({ first, index }) => !index.keys.some(([key]) => key === first));
    if (odd) return `${at(odd.clip.inSec)} of ${odd.clip.source} is no keyframe; accuracy: keyframe moves there`;
    const torn = takes.find(({ past, index }) => !index.ends.some(([from, to]) => from <= past && past <= to));
    if (torn)
      return `at ${at(torn.clip.outSec)} of ${torn.clip.source} earlier pictures need later ones; accuracy: keyframe moves on`;
    return refuseJoin(takes, outlet) ?? takes.map(copied);
  },
  "smart cut"(work, outlet, { media, survey }) {
    const takes = exactTakes(work, media);
    const [first] = takes ?? [];
    if (takes === undefined || first === undefined) return unlooked;
    if (outlet.audio?.codec === "copy" && outlet.sound)
      return "audio: { codec: copy } can only be cut between packets; choose an audio codec";
    return refuseSmart(takes) ?? edgeEncoder(first.video, first.index, survey) ?? stretchesOf(takes);
  },
};

function copied(take: Take): Stretch {
  return { take, first: Math.max(0, take.first), past: take.past, copied: true };
}

/** Codecs whose keyframes say by themselves all that a decoder has to know. */
const selfContained = /^(vp8|vp9|av1|prores|dnxhd|mjpeg|mpeg2video)$/;

/** What stands against pictures of several ranges following each other. */
function refuseJoin(takes: readonly Take[], { audio, sound }: Outlet): string | undefined {
  const [one, ...others] = takes;
  if (one === undefined || others.length === 0) return undefined;
  if (audio?.codec === "copy" && sound)
    return "audio: { codec: copy } drifts at every join; choose an audio codec, and it is rendered once over the whole";
  const clash = others.map((other) => differs(one, other)).find((reason) => reason !== undefined);
  if (clash !== undefined) return clash;
  if (one.video.codec === "vp8") return "a list of vp8 clips cannot be joined without another encode";
  const unclean = takes.slice(1).find(({ first, index }) => !index.clean.includes(first));
  if (unclean)
    return `${at(unclean.clip.inSec)} of ${unclean.clip.source} is inside an open group of pictures, so nothing can be joined there`;
  return turned(one.video);
}

/** What the headers do not show and a decoder would stumble over. */
function differs(one: Take, other: Take): string | undefined {
  const { codec } = one.video;
  if (!selfContained.test(codec) && (one.index.sets === undefined || one.index.sets !== other.index.sets))
    return `${one.clip.source} and ${other.clip.source} have different parameter sets: they were encoded with other settings`;
  return undefined;
}

/** The list that joins files forgets how a picture is to be turned. */
function turned({ rotation, mirrored }: VideoInfo): string | undefined {
  return rotation !== 0 || mirrored ? "a join does not keep how the picture is turned for players" : undefined;
}

/** A copy that is mostly edges costs more than it saves. */
const leastCopied = 0.4;
const mostTakes = 64;

function refuseSmart(takes: readonly Take[]): string | undefined {
  const [one, ...others] = takes;
  if (one === undefined) return unlooked;
  const { video, index } = one;
  if (takes.length > mostTakes) return `${takes.length} ranges have too many edges; an encode is cheaper`;
  const clash = [one, ...others].map((other) => differs(one, other)).find((reason) => reason !== undefined);
  if (clash !== undefined)
    return others.length === 0 ? `the parameter sets of ${one.clip.source} change on the way` : clash;
  const odd = takes.find(({ index }) => !index.steady);
  if (odd) return `the frame rate of ${odd.clip.source} varies`;
  if (takes.some((take) => take.index.ticksPerSec !== index.ticksPerSec))
    return `the clips count time differently (${[...new Set(takes.map((take) => take.index.ticksPerSec))].join(" and ")} ticks a second)`;
  if (video.interlaced.endsWith("first")) return `${one.clip.source} is interlaced`;
  if (video.hdr !== "sdr") return `the notes that ${video.hdr} pictures carry cannot be matched at the edges`;
  const kept = takes.reduce((sum, { first, past }) => sum + past - first, 0);
  const moved = stretchesOf(takes).reduce((sum, { first, past, copied }) => sum + (copied ? past - first : 0), 0);
  if (moved === 0)
    return takes.every((take) => take.index.clean.length < 2)
      ? "its groups of pictures are open: no two keyframes start afresh"
      : "no range holds two keyframes that start afresh";
  if (moved < kept * leastCopied)
    return `only ${moved} of ${kept} frames lie between keyframes that start afresh; an encode is as cheap`;
  return turned(video);
}

/** The middle from the first clean keyframe to the last, and the edges around it. */
function stretchesOf(takes: readonly Take[]): readonly Stretch[] {
  return takes.flatMap((take) => {
    const { first, past, index } = take;
    const stops = [...index.clean, index.count].filter((stop) => stop >= first && stop <= past);
    const [from = past, to = past] = [stops[0], stops.at(-1)];
    const parts = [
      { take, first, past: to > from ? from : past, copied: false },
      { take, first: from, past: to, copied: true },
      { take, first: to > from ? to : past, past, copied: false },
    ];
    return parts.filter((part) => part.past > part.first);
  });
}

function at(sec: number): string {
  return `${sec.toFixed(3)} s`;
}
