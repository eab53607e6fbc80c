import { expect, test } from "vitest";
import { shownIn } from "../../core/plan/shown.ts";
import { planSubtitles } from "../../core/plan/subtitles.ts";
import { join, slice, wholeClip } from "../../core/plan/timeline.ts";
import type { Cue, Media, SubtitleInfo } from "../../core/types.ts";
import { mediaInfo } from "../support/machine.ts";

const text: SubtitleInfo = { index: 2, codec: "subrip", kind: "text", language: "deu", isDefault: true, roles: [] };
const cue = (startSec: number, endSec: number, said: string): Cue => ({ startSec, endSec, text: said });

function mediaOf(
  tracks: Readonly<Record<string, { readonly track: SubtitleInfo; readonly cues: readonly Cue[] }>>,
): Media {
  return {
    inputs: {},
    files: Object.fromEntries(
      Object.entries(tracks).map(([path, { track }]) => [path, mediaInfo(path, { subtitles: [track] })]),
    ),
    analyses: Object.entries(tracks).map(([path, { track, cues }]) => ({
      path,
      wish: { kind: "cues" },
      spans: [],
      tracks: [{ index: track.index, cues }],
    })),
  };
}

/** The times of the texts that core writes for one output, in the order they are written. */
function written(
  segments: Parameters<typeof shownIn>[0],
  media: Media,
  container: "mkv" | "mp4" = "mkv",
): readonly string[] {
  const { inputs } = planSubtitles(shownIn(segments), container, media);
  const [input] = inputs;
  const file = input?.from.kind === "file" ? input.from.text : "";
  return [...file.matchAll(/^00:(\d\d:\d\d,\d{3}) --> 00:(\d\d:\d\d,\d{3})\n([^]*?)(?=\n\n|\n$)/gm)].map(
    ([, from, to, said]) => `${from} ${to} ${said}`,
  );
}

test("planSubtitles() moves texts with the cuts, clips them, and joins one that a cut goes through", () => {
  const media = mediaOf({
    "/a.mkv": { track: text, cues: [cue(1, 4, "Through"), cue(5, 7, "Clipped"), cue(8, 9, "Gone")] },
  });
  const whole = [wholeClip("/a.mkv", 20)];
  const segments = [...slice(whole, 0, 2), ...slice(whole, 3, 6)];
  expect(written(segments, media)).toEqual(["00:01,000 00:03,000 Through", "00:04,000 00:05,000 Clipped"]);
});

test("planSubtitles() lets a crossfade show its first side's text up to the middle, and then the second's", () => {
  const media = mediaOf({
    "/a.mkv": { track: text, cues: [cue(8, 10, "Out")] },
    "/b.mkv": { track: { ...text, language: "ger", index: 5 }, cues: [cue(0, 3, "In")] },
  });
  const segments = join([[wholeClip("/a.mkv", 10)], [wholeClip("/b.mkv", 10)]], 2);
  expect(written(segments, media)).toEqual(["00:08,000 00:09,000 Out", "00:09,000 00:11,000 In"]);
});

test("planSubtitles() keeps languages and purposes apart, and says what is converted", () => {
  const media = mediaOf({
    "/a.mkv": { track: text, cues: [cue(1, 2, "Ja")] },
    "/b.mkv": { track: { ...text, roles: ["forced"] }, cues: [cue(1, 2, "Schild")] },
  });
  const { promised, notes } = planSubtitles(shownIn([wholeClip("/a.mkv", 5), wholeClip("/b.mkv", 5)]), "mp4", media);
  expect(promised).toEqual([
    { codec: "mov_text", language: "deu", roles: [], cues: { count: 1, firstSec: 1, lastSec: 2 } },
    { codec: "mov_text", language: "deu", roles: ["forced"], cues: { count: 1, firstSec: 6, lastSec: 7 } },
  ]);
  expect(notes).toContain("the subtitles (deu, subrip) become mov_text in mp4, from subrip");
});

test("planSubtitles() stacks texts that overlap where a track shows one at a time", () => {
  const media = mediaOf({ "/a.mkv": { track: text, cues: [cue(1, 4, "Low"), cue(2, 3, "High")] } });
  expect(written([wholeClip("/a.mkv", 9)], media, "mp4")).toEqual([
    "00:01,000 00:02,000 Low",
    "00:02,000 00:03,000 Low\nHigh",
    "00:03,000 00:04,000 Low",
  ]);
});

test("planSubtitles() keeps pictures only where their order in the file is that of the output", () => {
  const bitmap: SubtitleInfo = { ...text, codec: "hdmv_pgs_subtitle", kind: "bitmap" };
  const media = mediaOf({ "/a.mkv": { track: bitmap, cues: [] }, "/b.mkv": { track: bitmap, cues: [] } });
  const whole = [wholeClip("/a.mkv", 20)];
  const early = slice(whole, 1, 2);
  const late = slice(whole, 5, 6);
  const { inputs } = planSubtitles(shownIn([...early, ...late]), "mkv", media);
  expect(inputs[0]?.args).toContain(
    "noise=drop='not(between(pts*tb,-29,32)+between(pts*tb,-25,36))',setts=ts='round((0+clip(TS*TB,1,2)-1+clip(TS*TB,5,6)-5)/TB)'",
  );
  expect(planSubtitles(shownIn([...late, ...early]), "mkv", media).warnings[0]).toContain("cannot be changed");
  expect(planSubtitles(shownIn([...early, wholeClip("/b.mkv", 3), ...late]), "mkv", media).promised).toHaveLength(1);
});
