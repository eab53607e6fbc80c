import fc from "fast-check";
import { expect, test } from "vitest";
import { bars, html, page, table, ticks, timeline } from "../../core/draw/mod.ts";

const nasty = `<script>alert("x")</script>&'`;

test("html`` escapes whatever is no markup, in text and in attributes", () => {
  expect(html`<b title="${nasty}">${[nasty, 3, undefined, html`<i>ok</i>`]}</b>`.markup).toBe(
    `<b title="&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;&#39;">&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;&#39;3<i>ok</i></b>`,
  );
});

test("page() and its drawings let no name become a tag", () => {
  const drawn = [
    bars([{ name: nasty, value: 1, says: nasty, paint: "gpu" }], { what: nasty, unit: "x" }),
    timeline([{ name: nasty, spans: [{ fromSec: 0, toSec: 1, paint: "cpu", label: nasty, title: nasty }] }], {
      what: nasty,
      endSec: 1,
    }),
    table([nasty, { number: nasty }], [[nasty, nasty]]),
  ];
  expect(page({ title: nasty, body: html`${drawn}` })).not.toContain("<script");
});

test("ticks() begins at zero, ends within the axis, and takes round steps", () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1e9, noNaN: true }), (most) => {
      const list = ticks(most);
      const [zero = -1, step = 0] = list;
      expect(zero).toBe(0);
      expect(list.at(-1)).toBeLessThanOrEqual(most * (1 + 1e-9));
      expect(list.length).toBeLessThanOrEqual(8);
      expect(list.length).toBeGreaterThanOrEqual(2);
      const lead = step / 10 ** Math.floor(Math.log10(step) + 1e-9);
      expect([1, 2, 5].some((one) => Math.abs(lead - one) < 1e-6)).toBe(true);
    }),
  );
  expect(ticks(0)).toEqual([0]);
});

test("timeline() keeps every span inside its axis, and draws what took no time so that it can be seen", () => {
  const { markup } = timeline(
    [
      {
        name: "web",
        spans: [
          { fromSec: 0, toSec: 0, paint: "failed", label: "", title: "at once" },
          { fromSec: 1, toSec: 90, paint: "gpu", label: "long", title: "long" },
        ],
      },
    ],
    { what: "x", endSec: 10 },
  );
  const rects = [...markup.matchAll(/<rect[^>]*\sx="([\d.]+)"[^>]*\swidth="([\d.]+)"/g)].map(
    ([, x, width]) => [Number(x), Number(width)] as const,
  );
  expect(rects).toHaveLength(2);
  for (const [x, width] of rects) {
    expect(width).toBeGreaterThanOrEqual(2);
    expect(x + width).toBeLessThanOrEqual(960);
  }
});
