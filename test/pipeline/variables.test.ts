import { expect, test } from "vitest";
import { parse } from "../../core/pipeline/mod.ts";

const text = `version: 1
name: \${show}-cut
vars: { show: weekly, folder: media, level: 1.50, none: }
inputs: { talk: "\${folder}/\${show}\${none}.mov" }
stages:
  - concat: { crossfade: "\${level}" }
  - export: { output: "out/\${name}-\${input}-$\${folder}-\${height}.mp4", video: { codec: h264 } }
`;

test("parse() fills variables in: defaults first, --set over them", () => {
  const plain = parse(text, { file: "p.yaml" });
  expect([plain.name, plain.inputs[0]?.pattern]).toEqual(["weekly-cut", "media/weekly.mov"]);
  const other = parse(text, { file: "p.yaml", set: { folder: "/srv/a b", show: "daily" } });
  expect([other.name, other.inputs[0]?.pattern]).toEqual(["daily-cut", "/srv/a b/daily.mov"]);
});

test("parse() keeps late names and escapes in an output for the planner", () => {
  expect(parse(text, { file: "p.yaml" }).stages[1]?.renders[0]?.output).toBe(
    "out/weekly-cut-${input}-${folder}-${height}.mp4",
  );
});

test("parse() keeps a variable as it was written, and reads units after filling in", () => {
  expect(parse(text, { file: "p.yaml" }).stages[0]).toMatchObject({ crossfadeSec: 1.5 });
  expect(parse(text, { file: "p.yaml", set: { level: "2s" } }).stages[0]).toMatchObject({ crossfadeSec: 2 });
  const version = 'version: 1\nvars: { v: 1.50 }\ninputs: { a: "${v}.mp4" }\nstages: [concat: { output: o.mp4 }]\n';
  expect(parse(version, { file: "p.yaml" }).inputs[0]?.pattern).toBe("1.50.mp4");
});

test("parse() takes names that every object has for plain names", () => {
  const odd =
    'version: 1\nvars: { constructor: x }\ninputs: { toString: "${constructor}" }\nstages: [concat: { input: toString }]\n';
  expect(parse(odd, { file: "p.yaml", set: { constructor: "y" } }).inputs).toMatchObject([
    { name: "toString", pattern: "y" },
  ]);
});
