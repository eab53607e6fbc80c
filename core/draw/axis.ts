import { html, type Markup } from "./html.ts";
import { px, ticks } from "./scale.ts";

export interface Axis {
  /** Up to this value, from zero. */
  readonly most: number;
  readonly bottom: number;
  readonly unit: string;
  readonly x: (value: number) => number;
}

/** Lines at round places, each with its value below. */
export function axis({ most, bottom, unit, x }: Axis): Markup {
  const marks = ticks(most).map((tick) => {
    const at = px(x(tick));
    return html`<line class="axis" x1="${at}" x2="${at}" y1="0" y2="${bottom}" />
      <text class="label" x="${at}" y="${bottom + 18}" text-anchor="middle">${tick}${unit}</text>`;
  });
  return html`<g>${marks}</g>`;
}
