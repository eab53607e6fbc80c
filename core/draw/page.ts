import { html, type Markup } from "./html.ts";

/** Colours by meaning; the dark ones are chosen apart, not computed. */
const style = `
:root { color-scheme: light dark; --paper: #fff; --ink: #1b1f24; --soft: #5c6670; --line: #d7dce1; --card: #f5f7f9;
  --gpu: #2f7d4f; --cpu: #3566b8; --core: #7b5ea7; --bad: #c2352b; --warn: #b06a00; --idle: #c3cad1; }
@media (prefers-color-scheme: dark) { :root { --paper: #14171a; --ink: #e6e9ec; --soft: #9aa5b0; --line: #343b42;
  --card: #1d2226; --gpu: #59b37d; --cpu: #7ba4ec; --core: #b396e0; --bad: #f07b70; --warn: #e0a33e; --idle: #4a535c; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, "Segoe UI", Roboto, sans-serif; }
main { max-width: 1080px; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 2.2rem 0 .6rem; }
p { margin: .4rem 0; }
.soft { color: var(--soft); }
.state { display: inline-block; padding: 0 .55rem; border-radius: .3rem; border: 1px solid currentColor; font-size: .95rem; vertical-align: .15em; }
.good { color: var(--gpu); } .bad { color: var(--bad); } .warn { color: var(--warn); }
.figures { display: flex; flex-wrap: wrap; gap: .6rem; margin: 1rem 0; padding: 0; list-style: none; }
.figures li { background: var(--card); border: 1px solid var(--line); border-radius: .4rem; padding: .5rem .8rem; min-width: 8rem; }
.figures b { display: block; font-size: 1.25rem; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem 1.1rem .35rem 0; border-bottom: 1px solid var(--line); }
th { font-weight: 600; color: var(--soft); white-space: nowrap; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.name { overflow-wrap: anywhere; min-width: 7rem; }
code { font: .9em ui-monospace, "SF Mono", Consolas, monospace; overflow-wrap: anywhere; }
svg { display: block; width: 100%; min-width: 640px; height: auto; }
svg text { font: 12px system-ui, "Segoe UI", Roboto, sans-serif; fill: var(--ink); }
svg .label { fill: var(--soft); } svg .axis { stroke: var(--line); }
svg .on { fill: var(--paper); }
svg .gpu { fill: var(--gpu); } svg .cpu { fill: var(--cpu); } svg .core { fill: var(--core); }
svg .failed { fill: var(--bad); } svg .idle { fill: var(--idle); } svg .other { fill: var(--warn); }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; color: var(--soft); font-size: .88rem; margin: .4rem 0 0; padding: 0; list-style: none; }
.legend i { display: inline-block; width: .8em; height: .8em; border-radius: .15em; margin-right: .4em; }
.legend .gpu { background: var(--gpu); } .legend .cpu { background: var(--cpu); } .legend .core { background: var(--core); }
.legend .failed { background: var(--bad); } .legend .idle { background: var(--idle); } .legend .other { background: var(--warn); }
@media print { body { font-size: 11pt; } main { max-width: none; } }
`;

/** One page that needs nothing else: no script, no font, no picture from anywhere. */
export function page({ title, body }: { readonly title: string; readonly body: Markup }): string {
  const policy = "default-src 'none'; style-src 'unsafe-inline'";
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${{ markup: style }}
        </style>
      </head>
      <body>
        <main>${body}</main>
      </body>
    </html> `.markup;
}

/** Rows under a header; cells of columns named as numbers stand to the right. */
export function table(
  header: readonly (string | { readonly number: string })[],
  rows: readonly (readonly (Markup | string)[])[],
): Markup {
  const isNumber = header.map((one) => typeof one !== "string");
  const kind = (nth: number) => (isNumber[nth] ? "number" : "name");
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          ${header.map((one, nth) => html`<th class="${kind(nth)}">${typeof one === "string" ? one : one.number}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((cell, nth) => html`<td class="${kind(nth)}">${cell}</td>`)}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}

export function figures(list: readonly (readonly [what: string, value: string])[]): Markup {
  return html`<ul class="figures">
    ${list.map(([what, value]) => html`<li><b>${value}</b><span class="soft">${what}</span></li>`)}
  </ul>`;
}

/** What the colours of a drawing mean. */
export function legend(list: readonly (readonly [paint: Paint, meaning: string])[]): Markup {
  return html`<ul class="legend">
    ${list.map(([paint, meaning]) => html`<li><i class="${paint}"></i>${meaning}</li>`)}
  </ul>`;
}

/** Colours by what they stand for. */
export type Paint = "gpu" | "cpu" | "core" | "failed" | "idle" | "other";
