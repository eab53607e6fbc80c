/**
 * Drawing: pages that need nothing but themselves, and pictures in SVG that can be read without scripts, in light and
 * in dark, and by those who only hear them. Pure text.
 *
 * ```ts
 * import { bars, html, page } from "./mod.ts";
 *
 * const speeds = bars([{ name: "nvenc", value: 9.5, says: "9.5x", paint: "gpu" }], { what: "Speed", unit: "x" });
 * const text = page({ title: "Speeds", body: html`<h1>Speeds</h1>${speeds}` });
 * console.assert(text.includes("<svg") && !text.includes("<script"));
 * ```
 * @module
 */
export { bars, type Bar } from "./bars.ts";
export { escapeHtml, html, type Markup, type Piece } from "./html.ts";
export { figures, legend, page, table, type Paint } from "./page.ts";
export { ticks } from "./scale.ts";
export { timeline, type Lane, type Span } from "./timeline.ts";
