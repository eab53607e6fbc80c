import { escapeXml } from "./xml.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
  /** What a reader sees on pointing at it. */
  readonly label: string;
}

export interface Series {
  readonly name: string;
  readonly points: readonly Point[];
}

export interface Plot {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly series: readonly Series[];
  readonly xScale: "log" | "linear";
  /** Upright lines with a word, such as where a history jumped. */
  readonly marks?: readonly { readonly x: number; readonly label: string }[];
  /** A level line with a word, such as a baseline. */
  readonly level?: { readonly y: number; readonly label: string };
  /** Words below the axis in place of numbers, by x. */
  readonly xNames?: (x: number) => string;
}

const size = { width: 460, height: 300, left: 56, right: 14, top: 14, bottom: 44 } as const;
/** Told apart without color as well. */
const dashes = ["", "7 3", "2 3", "9 3 2 3", "1 4", "12 4", "5 5"] as const;

/** Lines with dots as one SVG. It is styled by the page, so that it follows light and dark. */
export function renderPlot({ title, xLabel, yLabel, series, xScale, marks = [], level, xNames }: Plot): string {
  const points = series.flatMap((one) => one.points).filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
  if (points.length === 0) return "";
  const place = xScale === "log" ? Math.log10 : (x: number) => x;
  const [left, right] = extent(
    points.map(({ x }) => place(x)),
    0.03,
  );
  const [low, high] = extent([...points.map(({ y }) => y), ...(level ? [level.y] : [])], 0.06);
  const X = (x: number) =>
    fixed(size.left + ((place(x) - left) / (right - left)) * (size.width - size.left - size.right));
  const Y = (y: number) =>
    fixed(size.height - size.bottom - ((y - low) / (high - low)) * (size.height - size.top - size.bottom));
  const [top, bottom] = [size.top, size.height - size.bottom];

  const grid = ticks(low, high).map(
    (y) =>
      `<line class="grid" x1="${size.left}" x2="${size.width - size.right}" y1="${Y(y)}" y2="${Y(y)}"/><text x="${size.left - 6}" y="${Y(y)}" dy=".35em" text-anchor="end">${short(y)}</text>`,
  );
  const upright = (xScale === "log" ? logTicks(left, right) : ticks(left, right, xNames ? 4 : 6))
    .filter((x) => xNames === undefined || Number.isInteger(x))
    .map(
      (x) =>
        `<line class="grid" x1="${X(x)}" x2="${X(x)}" y1="${top}" y2="${bottom}"/><text x="${X(x)}" y="${bottom + 15}" text-anchor="${Number(X(x)) > size.width - 45 && xNames ? "end" : "middle"}">${escapeXml(xNames?.(x) ?? short(x))}</text>`,
    );
  const lines = series.map(({ name, points: own }, nth) => {
    const kind = nth % dashes.length;
    const path = own.map(({ x, y }) => `${X(x)},${Y(y)}`).join(" ");
    const dots = own.map(
      ({ x, y, label }) =>
        `<circle class="c${kind}" cx="${X(x)}" cy="${Y(y)}" r="3"><title>${escapeXml(`${name}: ${label}`)}</title></circle>`,
    );
    return `<polyline class="l${kind}" points="${path}"/>${dots.join("")}`;
  });
  const uprights = marks.map(
    ({ x, label }) =>
      `<line class="mark" x1="${X(x)}" x2="${X(x)}" y1="${top}" y2="${bottom}"><title>${escapeXml(label)}</title></line><text class="marked" x="${X(x)}" y="${top + 9}" text-anchor="end" dx="-4">${escapeXml(label)}</text>`,
  );
  const levels = level
    ? [
        `<line class="level" x1="${size.left}" x2="${size.width - size.right}" y1="${Y(level.y)}" y2="${Y(level.y)}"/><text class="marked" x="${size.width - size.right}" y="${Y(level.y)}" dy="-4" text-anchor="end">${escapeXml(level.label)}</text>`,
      ]
    : [];

  return [
    `<figure><figcaption>${escapeXml(title)}</figcaption>`,
    `<svg viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${escapeXml(title)}">`,
    ...grid,
    ...upright,
    ...levels,
    ...uprights,
    ...lines,
    `<text x="${(size.left + size.width - size.right) / 2}" y="${size.height - 8}" text-anchor="middle" class="axis">${escapeXml(xLabel)}</text>`,
    `<text transform="translate(13 ${(top + bottom) / 2}) rotate(-90)" text-anchor="middle" class="axis">${escapeXml(yLabel)}</text>`,
    "</svg>",
    series.length > 1 ? legend(series.map(({ name }) => name)) : "",
    "</figure>",
  ].join("\n");
}

function legend(names: readonly string[]): string {
  const items = names.map(
    (name, nth) =>
      `<li><svg viewBox="0 0 26 8" aria-hidden="true"><line class="l${nth % dashes.length}" x1="0" x2="26" y1="4" y2="4"/></svg>${escapeXml(name)}</li>`,
  );
  return `<ul class="legend">${items.join("")}</ul>`;
}

/** Room on both sides, and some width where all values are one. */
function extent(values: readonly number[], share: number): readonly [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = (high - low) * share || Math.abs(high) * 0.05 || 1;
  return [low - room, high + room];
}

/** Steps of 1, 2 or 5 that a person would have chosen. */
function ticks(low: number, high: number, most = 6): readonly number[] {
  const rough = (high - low) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, nth) => (first + nth) * step);
}

function logTicks(low: number, high: number): readonly number[] {
  const factors = high - low > 2.5 ? [1] : [1, 2, 5];
  const powers = Array.from({ length: Math.ceil(high) - Math.floor(low) + 1 }, (_, nth) => Math.floor(low) + nth);
  return powers
    .flatMap((power) => factors.map((factor) => factor * 10 ** power))
    .filter((value) => Math.log10(value) >= low && Math.log10(value) <= high);
}

function short(value: number): string {
  const rounded = Number(value.toPrecision(4));
  return Math.abs(rounded) >= 10_000 ? `${rounded / 1000}k` : String(rounded);
}

function fixed(value: number): string {
  return String(Number(value.toFixed(1)));
}

/** The dash patterns as CSS, beside the colors that the page gives. */
export const plotStyle = dashes
  .map(
    (dash, nth) =>
      `.l${nth}{stroke:var(--s${nth});${dash === "" ? "" : `stroke-dasharray:${dash}`}}.c${nth}{fill:var(--s${nth})}`,
  )
  .join("");
