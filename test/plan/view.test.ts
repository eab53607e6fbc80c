import fc from "fast-check";
import { expect, test } from "vitest";
import { applyFit, cropBox, settle, uprightSize, wholeView } from "../../core/plan/view.ts";

const sized = (width: number, height: number) => ({ width, height });
const square = { num: 1, den: 1 };

test("uprightSize() turns and squares what a camera stored", () => {
  expect(uprightSize({ width: 1920, height: 1080, sar: square, rotation: 90 })).toEqual(sized(1080, 1920));
  expect(uprightSize({ width: 720, height: 576, sar: { num: 64, den: 45 }, rotation: 0 })).toEqual(sized(1024, 576));
  expect(uprightSize({ width: 1440, height: 1080, sar: { num: 3, den: 4 }, rotation: 0 })).toEqual(sized(1440, 1440));
});

test.each([
  [
    "contain",
    sized(640, 480),
    sized(1280, 720),
    { canvas: sized(1280, 720), place: { x: 160, y: 0, width: 960, height: 720 } },
  ],
  [
    "contain",
    sized(1080, 1920),
    sized(1280, 720),
    { canvas: sized(1280, 720), place: { x: 438, y: 0, width: 406, height: 720 } },
  ],
  [
    "stretch",
    sized(640, 480),
    sized(1280, 720),
    { canvas: sized(1280, 720), place: { x: 0, y: 0, width: 1280, height: 720 } },
  ],
  [
    "within",
    sized(640, 480),
    sized(1280, 720),
    { canvas: sized(640, 480), place: { x: 0, y: 0, width: 640, height: 480 } },
  ],
  [
    "within",
    sized(1920, 800),
    sized(1280, 720),
    { canvas: sized(1280, 534), place: { x: 0, y: 0, width: 1280, height: 534 } },
  ],
  [
    "cover",
    sized(640, 480),
    sized(1280, 720),
    { canvas: sized(1280, 720), place: { x: 0, y: 0, width: 1280, height: 720 } },
  ],
] as const)("applyFit() brings a picture to a size: %s of %o in %o", (fit, source, size, wanted) => {
  const { canvas, place } = settle(applyFit(wholeView(source), { size, fit }));
  expect({ canvas, place }).toEqual(wanted);
});

test("cropBox() takes from the source exactly what cover leaves out", () => {
  const view = settle(applyFit(wholeView(sized(640, 480)), { size: sized(1280, 720), fit: "cover" }));
  expect(cropBox(view, sized(640, 480), sized(640, 480))).toEqual({ x: 0, y: 60, width: 640, height: 360 });
});

test("applyFit() folds an export's size into an earlier fit, so that a picture is scaled once", () => {
  const first = applyFit(wholeView(sized(640, 480)), { size: sized(1920, 1080), fit: "contain" });
  const folded = settle(applyFit(first, { size: sized(1280, 720), fit: "within" }));
  expect(folded).toEqual(settle(applyFit(wholeView(sized(640, 480)), { size: sized(1280, 720), fit: "contain" })));
});

const side = fc.integer({ min: 16, max: 4096 });
const fit = fc.constantFrom("contain", "cover", "stretch", "within");

test("settle() always gives even numbers inside the canvas, and a crop inside the source", () => {
  fc.assert(
    fc.property(side, side, side, side, fit, (w, h, tw, th, how) => {
      const source = sized(w, h);
      const view = settle(applyFit(wholeView(source), { size: sized(tw, th), fit: how }));
      const { place, canvas } = view;
      for (const value of [place.x, place.y, place.width, place.height, canvas.width, canvas.height])
        expect(value % 2).toBe(0);
      expect(place.x + place.width).toBeLessThanOrEqual(canvas.width);
      expect(place.y + place.height).toBeLessThanOrEqual(canvas.height);
      const crop = cropBox(view, source, source);
      expect(crop.x + crop.width).toBeLessThanOrEqual(w);
      expect(crop.y + crop.height).toBeLessThanOrEqual(h);
      expect(Math.min(crop.width, crop.height)).toBeGreaterThan(0);
      if (how === "within") expect(canvas.width).toBeLessThanOrEqual(w + 1);
    }),
  );
});
