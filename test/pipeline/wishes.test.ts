import { expect, test } from "vitest";
import { parse, wishes } from "../../core/pipeline/mod.ts";

function wishesOf(stages: string) {
  return wishes(parse(`version: 1\ninputs: { a: a.mp4, b: b.mp4, c: c.mp4 }\nstages:\n${stages}`, { file: "p.yaml" }));
}

test("wishes() asks for nothing where nothing has to be looked at", () => {
  expect(wishesOf("  - cut: { keep: 0-1 }\n  - export: { output: o.mp4 }\n")).toEqual([]);
});

test("wishes() follows stages back to the inputs, each wish once", () => {
  const stages = `  - { id: level, normalize: { inputs: [c, a] } }
  - { id: one, cut: { input: level.a, silence: true } }
  - { id: two, cut: { inputs: [level, one], silence: { padding: 1 }, accuracy: keyframe } }
`;
  const silence = { kind: "silence", thresholdDb: -40, leastSec: 0.5 };
  expect(wishesOf(stages)).toEqual([
    { inputName: "a", wish: silence },
    { inputName: "c", wish: silence },
    { inputName: "a", wish: { kind: "pictures" } },
    { inputName: "c", wish: { kind: "pictures" } },
  ]);
});

test("wishes() wants the pictures listed of what is copied", () => {
  expect(wishesOf("  - export: { input: b, output: o.mkv, video: { codec: copy } }\n")).toEqual([
    { inputName: "b", wish: { kind: "pictures" } },
  ]);
});
