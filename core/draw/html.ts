/** Text that is safe to stand in a page as it is. */
export interface Markup {
  readonly markup: string;
}

export type Piece = Markup | string | number | undefined | readonly Piece[];

const marks: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => marks[mark] ?? mark);
}

/**
 * A template whose holes are escaped unless they hold markup, so that a file name is never taken for a tag.
 *
 * ```ts
 * import { html } from "./html.ts";
 *
 * console.assert(html`<b>${"a<b"}</b>`.markup === "<b>a&lt;b</b>");
 * ```
 */
export function html(parts: TemplateStringsArray, ...holes: readonly Piece[]): Markup {
  return { markup: parts.map((part, nth) => part + (nth < holes.length ? textOf(holes[nth]) : "")).join("") };
}

function textOf(piece: Piece): string {
  if (piece === undefined) return "";
  if (typeof piece === "string") return escapeHtml(piece);
  if (typeof piece === "number") return String(piece);
  return "markup" in piece ? piece.markup : piece.map(textOf).join("");
}
