import type { Check } from "../types.ts";
import type { Account } from "./account.ts";
import { curveCharts, historyCharts, strips } from "./charts.ts";
import { plotStyle } from "./plot.ts";
import { footnotes, headline, rowHeads, type Row, rowsOf } from "./rows.ts";
import { escapeXml } from "./xml.ts";

/** One file that shows everything: no script, no font, no request. It reads in light and dark, in mail and on paper. */
export function renderPage(account: Account): string {
  const { result, decision, drifts } = account;
  const { run, environment } = result;
  const word = headline(decision);
  const tone = decision.passed ? (word.startsWith("Gate undecided") ? "open" : "met") : "missed";
  return [
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">`,
    `<title>${escapeXml(`${word} - vendue bench`)}</title><style>${style}</style></head><body>`,
    `<header><p class="verdict ${tone}">${escapeXml(word)}</p>`,
    `<p>run <b>${escapeXml(run.id)}</b> of ${escapeXml(run.startedAt)} on ${escapeXml(environment.cpu)}</p></header>`,
    section(
      "Needs attention",
      checkTable(decision.checks.filter(({ state }) => state === "missed" || state === "warned")),
    ),
    section("Numbers", rowTable(account)),
    section("Quality against bits and time", wrap(curveCharts(result))),
    section("History", wrap(historyCharts(drifts))),
    section("Frame by frame", strips(result)),
    section(
      "Skipped: neither green nor red",
      checkTable(decision.checks.filter(({ state }) => state === "inconclusive" || state === "not measured")),
    ),
    section("Met", checkTable(decision.checks.filter(({ state }) => state === "met"))),
    `<footer>${footnotes(result, decision)
      .map((note) => `<p>${escapeXml(note)}</p>`)
      .join("")}</footer>`,
    "</body></html>\n",
  ].join("\n");
}

function section(title: string, body: string): string {
  return body === "" ? "" : `<section><h2>${escapeXml(title)}</h2>${body}</section>`;
}

function wrap(charts: string): string {
  return charts === "" ? "" : `<div class="charts">${charts}</div>`;
}

function checkTable(checks: readonly Check[]): string {
  return table(
    ["", "what", "budget", "found", "allowed", "why"],
    checks.map(({ state, backend, lane, case: id, budget, found, allowed, reason }) => ({
      state,
      cells: [state, id ?? lane ?? backend, budget, found, allowed, reason],
    })),
  );
}

function rowTable({ result, decision }: Account): string {
  const keys = Object.keys(rowHeads) as (keyof Row)[];
  const rows = rowsOf(result, decision);
  return table(
    keys.map((key) => rowHeads[key]),
    rows.map((row) => ({ state: row.state, cells: keys.map((key) => row[key]) })),
  );
}

interface Line {
  readonly state: Check["state"];
  readonly cells: readonly string[];
}

function table(heads: readonly string[], rows: readonly Line[]): string {
  if (rows.length === 0) return "";
  const head = heads.map((text) => `<th scope="col">${escapeXml(text)}</th>`).join("");
  const body = rows.map(({ state, cells }) => {
    // The state is marked wherever it stands: first in checks, last in numbers.
    const told = cells.map(
      (text) => `<td${text === state ? ` class="state ${state.replace(" ", "-")}"` : ""}>${escapeXml(text)}</td>`,
    );
    return `<tr>${told.join("")}</tr>`;
  });
  return `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${body.join("\n")}</tbody></table></div>`;
}

/** Okabe and Ito's colors, which most color-blind readers tell apart, a little lighter in the dark. */
const light = ["#0072b2", "#b35c00", "#00795a", "#c44e00", "#a8437f", "#2a7ea8", "#555555"];
const dark = ["#56b4e9", "#e69f00", "#2fc79b", "#f0824a", "#e08fbe", "#8fd0f5", "#b8b8b8"];
const palette = (colors: readonly string[]) => colors.map((color, nth) => `--s${nth}:${color};`).join("");

const style = `
:root{color-scheme:light dark;--ink:#1b1b1b;--soft:#5c5c5c;--paper:#fff;--line:#d9d9d9;--band:#f5f5f5;--good:#00694c;--bad:#b3261e;--warn:#8a5a00;${palette(light)}}
@media(prefers-color-scheme:dark){:root{--ink:#e8e8e8;--soft:#a6a6a6;--paper:#161616;--line:#3a3a3a;--band:#202020;--good:#4bd3a5;--bad:#ff8a80;--warn:#f3bd4f;${palette(dark)}}}
*{box-sizing:border-box}body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:80rem;margin:2rem auto;padding:0 1.25rem}
h2{font-size:1.1rem;margin:2.2rem 0 .6rem}header p{margin:.2rem 0;color:var(--soft)}header .verdict{font-size:1.5rem;font-weight:650;color:var(--warn)}
.verdict.met{color:var(--good)!important}.verdict.missed{color:var(--bad)!important}
.scroll{overflow-x:auto}table{border-collapse:collapse;font-size:.86rem;font-variant-numeric:tabular-nums;min-width:100%}
th,td{text-align:left;padding:.32rem .7rem;border-bottom:1px solid var(--line);vertical-align:top}th{color:var(--soft);font-weight:600;white-space:nowrap}
tbody tr:nth-child(even){background:var(--band)}td:last-child:not(.state){min-width:16rem}td.state{font-weight:650;white-space:nowrap;color:var(--soft)}td.met{color:var(--good)}td.missed{color:var(--bad)}td.warned{color:var(--warn)}
.charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,25rem),1fr));gap:1.4rem}figure{margin:0;min-width:0}figcaption{font-size:.86rem;font-weight:600;margin-bottom:.25rem;overflow-wrap:anywhere}
figcaption small{color:var(--soft);font-weight:400}svg{width:100%;height:auto;display:block}svg text{font-size:10.5px;fill:var(--soft)}svg .axis{fill:var(--ink)}
.grid{stroke:var(--line);stroke-width:.7}polyline,.legend line{fill:none;stroke-width:1.8}.mark{stroke:var(--bad);stroke-width:1.2;stroke-dasharray:3 3}.level{stroke:var(--good);stroke-width:1.2;stroke-dasharray:8 4}
svg .marked{fill:var(--ink)}.legend{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1rem;margin:.3rem 0 0;padding:0;font-size:.8rem}.legend svg{width:1.6rem;display:inline-block;margin-right:.4rem;vertical-align:middle}
.strip svg{height:3rem;background:var(--band)}.strip{margin:.7rem 0}.strip rect{shape-rendering:crispEdges}.bar{fill:var(--s0)}.fell{fill:var(--bad)}
footer{margin-top:2.5rem;border-top:1px solid var(--line);color:var(--soft);font-size:.82rem}footer p{margin:.25rem 0;overflow-wrap:anywhere}
@media print{body{margin:0}section{break-inside:avoid}}
${plotStyle}`.trim();
