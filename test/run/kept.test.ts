import { expect, test } from "vitest";
import { keptChecks } from "../../core/run/kept.ts";
import type { CueTrack, MediaInfo, Promised } from "../../core/types.ts";
import { mediaInfo } from "../support/machine.ts";

const promised: Promised = {
  target: "/out.mkv",
  part: "/.out.mkv.vendue-part",
  rendition: "",
  container: "mkv",
  durationSec: 10,
  audio: [],
  subtitles: [
    {
      codec: "subrip",
      language: "deu",
      title: "Deutsch",
      roles: ["forced"],
      cues: { count: 2, firstSec: 1, lastSec: 4 },
    },
  ],
  chapters: [{ startSec: 0, endSec: 10, title: "One" }],
  cover: false,
  attachments: ["odd.ttf"],
  tags: { title: "Odd", creation_time: "2020-01-02T03:04:05.000000Z" },
  timecode: "01:00:00:10",
};

const info: MediaInfo = mediaInfo("/out.mkv", {
  subtitles: [
    { index: 2, codec: "subrip", kind: "text", language: "ger", title: "Deutsch", isDefault: false, roles: ["forced"] },
  ],
  chapters: [{ startSec: 0.01, endSec: 10, title: "One" }],
  attachments: [{ index: 3, name: "odd.ttf", mimetype: "font/ttf" }],
  timecode: "01:00:00:10",
  tags: { title: "Odd", creation_time: "2020-01-02T03:04:05Z" },
});
const tracks: readonly CueTrack[] = [
  {
    index: 2,
    cues: [
      { startSec: 1, endSec: 2, text: "a" },
      { startSec: 3, endSec: 4.01, text: "b" },
    ],
  },
];

const wrong = (found: MediaInfo, cues = tracks) =>
  keptChecks(promised, found, cues)
    .filter(({ ok }) => !ok)
    .map(({ name }) => name);

test("keptChecks() is content with what was promised, in whatever words the container says it", () => {
  expect(wrong(info)).toEqual([]);
});

test.each([
  ["subtitles", { subtitles: [] }],
  ["subtitles 1", { subtitles: info.subtitles.map((one) => ({ ...one, language: "eng" })) }],
  ["subtitles 1", { subtitles: info.subtitles.map((one) => ({ ...one, roles: [] })) }],
  ["subtitles 1", { subtitles: info.subtitles.map((one) => ({ ...one, title: "German" })) }],
  ["subtitles 1", { subtitles: info.subtitles.map((one) => ({ ...one, codec: "ass" })) }],
  ["chapters", { chapters: [] }],
  ["chapter 1", { chapters: [{ startSec: 0.5, endSec: 10, title: "One" }] }],
  ["chapter 1", { chapters: [{ startSec: 0, endSec: 10, title: "Two" }] }],
  ["cover", { cover: 1 }],
  ["attachments", { attachments: [] }],
  ["timecode", { timecode: "01:00:00:11" }],
  ["tag title", { tags: { ...info.tags, title: "Even" } }],
  ["tag creation_time", { tags: { title: "Odd" } }],
] as const)("keptChecks() misses %s where it is not so", (name, part) => {
  expect(wrong({ ...info, ...part })).toEqual([name]);
});

test("keptChecks() counts the texts and looks at their times", () => {
  const [track] = tracks;
  const late = track?.cues.map((cue) => ({ ...cue, startSec: cue.startSec + 0.2 })) ?? [];
  expect(wrong(info, [{ index: 2, cues: late }])).toEqual(["subtitles 1 texts"]);
  expect(wrong(info, [{ index: 2, cues: late.slice(1) }])).toEqual(["subtitles 1 texts"]);
  expect(wrong(info, [])).toEqual(["subtitles 1 texts"]);
});
