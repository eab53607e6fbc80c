import { expect, test } from "vitest";
import { bitDepth } from "../../core/media/picture.ts";
import { channelsOf } from "../../core/media/layout.ts";
import { builds, run } from "./corpus.ts";

test.each([
  ["yuv420p", 8],
  ["yuvj420p", 8],
  ["yuv420p10le", 10],
  ["yuv422p9be", 9],
  ["p010le", 10],
  ["nv12", 8],
  ["nv16", 8],
  ["nv20le", 10],
  ["gray16le", 16],
  ["rgb24", 8],
  ["rgb48be", 16],
  ["gbrapf32le", 32],
  ["unknown", 8],
])("bitDepth(%s) is %i", (name, depth) => {
  expect(bitDepth(name)).toBe(depth);
});

test.each(builds)("bitDepth() agrees with the table of ffmpeg $version", ({ ffmpeg }) => {
  const rows = run(ffmpeg, ["-hide_banner", "-pix_fmts"]).stdout.matchAll(
    /^[IOHPB.]{5} (\w+) +\d+ +\d+ +(\d+)(-\S+)?$/gm,
  );
  const deep = [...rows].filter(([, name = "", depth]) => Number(depth) > 8 && !name.startsWith("bayer"));
  for (const [, name = "", depth] of deep) expect(`${name} ${bitDepth(name)}`).toBe(`${name} ${depth}`);
  expect(deep.length).toBeGreaterThan(50);
});

test("channelsOf() is zero for what is no layout", () => {
  expect(channelsOf("fltp")).toBe(0);
  expect(channelsOf("")).toBe(0);
});

test.each(builds)("channelsOf() agrees with the table of ffmpeg $version", ({ ffmpeg }) => {
  const table = run(ffmpeg, ["-hide_banner", "-layouts"]).stdout.split("Standard channel layouts:")[1] ?? "";
  const rows = [...table.matchAll(/^(\S+) +(\S+\+\S+|[A-Z]+)$/gm)].filter(([, name]) => name !== "NAME");
  expect(rows.length).toBeGreaterThan(20);
  for (const [, name = "", speakers = ""] of rows) {
    expect(`${name} ${channelsOf(name)}`).toBe(`${name} ${speakers.split("+").length}`);
  }
});
