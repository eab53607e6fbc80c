import { axis } from "./axis.ts";
import { html, type Markup } from "./html.ts";
import type { Paint } from "./page.ts";
import { fit, px } from "./scale.ts";

export interface Span {
  readonly fromSec: number;
  readonly toSec: number;
  readonly paint: Paint;
  /** Stands in it where it fits. */
  readonly label: string;
  /** All of it, for those who point at it. */
  readonly title: string;
}

export interface Lane {
  readonly name: string;
  readonly spans: readonly Span[];
}

const wide = 960;
const left = 190;
const rowHeight = 34;

/** What happened when, one lane each, on one axis of seconds. */
export function timeline(
  lanes: readonly Lane[],
  { what, endSec }: { readonly what: string; readonly endSec: number },
): Markup {
  const end = Math.max(endSec, 1e-3, ...lanes.flatMap(({ spans }) => spans.map(({ toSec }) => toSec)));
  const x = (sec: number) => left + (sec / end) * (wide - left - 30);
  const bottom = lanes.length * rowHeight;
  const told = `${what}: ${lanes.map(({ name, spans }) => `${name}: ${spans.map(({ title }) => title).join("; ") || "nothing ran"}`).join(". ")}`;
  return html`<div class="scroll">
    <svg viewBox="0 0 ${wide} ${bottom + 28}" role="img" aria-label="${told}">
      ${axis({ most: end, bottom, unit: " s", x })}${lanes.map(
        ({ name, spans }, nth) =>
          html`<g
            ><text x="${left - 10}" y="${nth * rowHeight + 22}" text-anchor="end"
              >${fit(name, left - 20)}<title>${name}</title></text
            >${spans.map((span) => drawn(span, nth * rowHeight, x))}</g
          > `,
      )}
    </svg>
  </div>`;
}

function drawn({ fromSec, toSec, paint, label, title }: Span, y: number, x: (sec: number) => number): Markup {
  const width = Math.max(2, x(toSec) - x(fromSec));
  const thin = paint === "idle";
  const text = thin ? "" : fit(label, width - 12);
  return html`<g
    ><title>${title}</title
    ><rect
      class="${paint}"
      x="${px(x(fromSec))}"
      y="${y + (thin ? 15 : 6)}"
      width="${px(width)}"
      height="${thin ? 4 : rowHeight - 12}"
      rx="2"
    />${text === "" ? undefined : html`<text class="on" x="${px(x(fromSec) + 6)}" y="${y + 22}">${text}</text>`}</g
  >`;
}
