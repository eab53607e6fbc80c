import { expect, test } from "vitest";
import { PipelineError } from "../../core/errors.ts";
import { parse } from "../../core/pipeline/mod.ts";
import { makePlan } from "../../core/plan/mod.ts";
import { mainTrack, picksOf, tracksFor } from "../../core/plan/tracks.ts";
import { wholeClip } from "../../core/plan/timeline.ts";
import type { AudioWish } from "../../core/types.ts";
import { audioInfo, backends, mediaFor, mediaInfo, survey } from "../support/machine.ts";

const info = mediaInfo("/a.mkv", {
  audio: [
    audioInfo({ index: 1, language: "eng", roles: ["commentary"], isDefault: false }),
    audioInfo({ index: 2, language: "eng", isDefault: true }),
    audioInfo({ index: 3, language: "ger", isDefault: false }),
  ],
});
const media = { inputs: {}, files: { "/a.mkv": info }, analyses: [] };
const chosen = (tracks: AudioWish["tracks"]) =>
  picksOf({ tracks }, [wholeClip("/a.mkv", 10)], media).map((pick) => tracksFor(pick, info));

test("tracksFor() takes the track that plays by default, and of a language the programme before a commentary", () => {
  expect(tracksFor(mainTrack, info)).toEqual([1]);
  expect(chosen([{ language: "eng" }, { language: "eng", role: "commentary" }, { role: "commentary" }])).toEqual([
    [1],
    [0],
    [0],
  ]);
});

test("picksOf() keeps all, mixes all, and finds nothing where a language is not there", () => {
  expect(chosen("all")).toEqual([[0], [1], [2]]);
  expect(chosen("mix")).toEqual([[0, 1, 2]]);
  expect(chosen([{ language: "fra" }])).toEqual([[]]);
});

test("a track that no clip has is refused, with those that there are", () => {
  const text = "version: 1\ninputs: { a: a.mkv }\nstages:\n  - export: { output: out.mkv, audio: { tracks: [swe] } }\n";
  const pipeline = parse(text, { file: "/p/p.yaml" });
  const plan = () =>
    makePlan(
      pipeline,
      mediaFor(pipeline, (one) => ({ ...info, path: one.path })),
      survey,
      { backends },
    );
  expect(plan).toThrow(PipelineError);
  expect(plan).toThrow(/No clip has a swe track/);
});
