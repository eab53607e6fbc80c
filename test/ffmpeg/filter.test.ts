import fc from "fast-check";
import { expect, test } from "vitest";
import { isVendueError } from "../../core/errors.ts";
import { renderChain, renderFilter } from "../../core/ffmpeg/filter.ts";

test("renderFilter() names every option and escapes its value", () => {
  expect(renderFilter({ name: "scale", args: { w: 1280, h: 720 }, on: "system" })).toBe("scale=w=1280:h=720");
  expect(renderFilter({ name: "fps", args: { fps: "30000/1001" }, on: "any" })).toBe("fps=fps=30000/1001");
  expect(renderFilter({ name: "select", args: { expr: "between(n,0,9)" }, on: "any" })).toBe(
    String.raw`select=expr=between(n\,0\,9)`,
  );
});

test("renderFilter() without options is the name alone", () => {
  expect(renderFilter({ name: "hwdownload", on: "cuda" })).toBe("hwdownload");
  expect(renderFilter({ name: "hwdownload", args: {}, on: "cuda" })).toBe("hwdownload");
});

test("renderChain() puts commas between filters and nothing around them", () => {
  const scale = { name: "scale", args: { w: 64 }, on: "system" } as const;
  expect(renderChain([scale, { name: "hwupload", on: "any" }])).toBe("scale=w=64,hwupload");
  expect(renderChain([])).toBe("");
});

test.each([
  [0, "0"],
  [0.5, "0.5"],
  [-1, "-1"],
  [1e-7, "0.0000001"],
  [-2.5e-9, "-0.0000000025"],
  [1e21, "1000000000000000000000"],
  [1e-30, "0"],
])("renderFilter() writes the number %d as %s", (number, text) => {
  expect(renderFilter({ name: "x", args: { n: number }, on: "any" })).toBe(`x=n=${text}`);
});

test("renderFilter() never writes an exponent, and keeps the value", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
      const text = renderFilter({ name: "x", args: { n: number }, on: "any" }).slice("x=n=".length);
      expect(text).toMatch(/^-?\d+(\.\d+)?$/);
      expect(Math.abs(Number(text) - number)).toBeLessThanOrEqual(1e-20);
    }),
  );
});

test.each([Number.NaN, Number.POSITIVE_INFINITY])("renderFilter() blames the backend for %d", (number) => {
  try {
    renderFilter({ name: "scale", args: { w: number }, on: "any" });
    expect.unreachable();
  } catch (error) {
    expect(isVendueError(error) && [error.code, error.message]).toEqual([
      "BACKEND_BROKEN",
      `The option w of the filter scale is ${number}`,
    ]);
  }
});
