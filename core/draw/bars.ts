import { axis } from "./axis.ts";
import { html, type Markup } from "./html.ts";
import type { Paint } from "./page.ts";
import { fit, px } from "./scale.ts";

export interface Bar {
  readonly name: string;
  readonly value: number;
  /** What stands at its end. */
  readonly says: string;
  readonly paint: Paint;
}

const wide = 960;
const left = 190;
const right = 220;
const rowHeight = 30;

/** Bars that lie, longest where most is; `what` says it all to those who do not see it. */
export function bars(list: readonly Bar[], { what, unit }: { readonly what: string; readonly unit: string }): Markup {
  const most = Math.max(0, ...list.map(({ value }) => value));
  const x = (value: number) => left + (most > 0 ? (value / most) * (wide - left - right) : 0);
  const bottom = list.length * rowHeight;
  const told = `${what}: ${list.map(({ name, says }) => `${name} ${says}`).join(", ")}`;
  return html`<div class="scroll">
    <svg viewBox="0 0 ${wide} ${bottom + 28}" role="img" aria-label="${told}">
      ${axis({ most, bottom, unit, x })}${list.map(({ name, value, says, paint }, nth) => {
        const y = nth * rowHeight;
        return html`<g
          ><title>${name}: ${says}</title
          ><text x="${left - 10}" y="${y + 20}" text-anchor="end">${fit(name, left - 20)}</text
          ><rect
            class="${paint}"
            x="${left}"
            y="${y + 6}"
            width="${px(Math.max(1, x(value) - left))}"
            height="${rowHeight - 12}"
            rx="2"
          /><text x="${px(x(value) + 8)}" y="${y + 20}">${says}</text></g
        > `;
      })}
    </svg>
  </div>`;
}
