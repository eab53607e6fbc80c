/**
 * One account of a run, said in every way that somebody reads: a terminal, a pull request, JUnit, annotations,
 * Prometheus, and a page with charts. Pure: text out, no file.
 *
 * ```ts
 * import { escapeXml } from "./mod.ts";
 *
 * console.assert(escapeXml("a < b") === "a &#60; b");
 * ```
 * @module
 */
export { type Account, renderJson } from "./account.ts";
export { renderAnnotations } from "./github.ts";
export { renderJunit } from "./junit.ts";
export { marker, renderMarkdown } from "./markdown.ts";
export { renderPage } from "./page.ts";
export { type Plot, renderPlot } from "./plot.ts";
export { renderPrometheus } from "./prometheus.ts";
export { headline } from "./rows.ts";
export { renderText } from "./text.ts";
export { escapeXml } from "./xml.ts";
