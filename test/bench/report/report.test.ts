import { execa } from "execa";
import { expect, test } from "vitest";
import {
  type Account,
  headline,
  marker,
  renderAnnotations,
  renderJson,
  renderJunit,
  renderMarkdown,
  renderPage,
  renderPlot,
  renderPrometheus,
  renderText,
} from "../../../bench/report/mod.ts";
import { account, result } from "./account.ts";

/** Opens every tag that it closes, has one root, and no stray letters: what any reader of XML insists on. */
function checkXml(text: string): readonly string[] {
  const open: string[] = [];
  const names: string[] = [];
  const body = text.replace(/^<\?xml [^>]*\?>\n/, "");
  for (const [whole, close, name = "", attributes = "", alone] of body.matchAll(
    /<(\/?)([\w-]+)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>|[^<]+|</g,
  )) {
    if (name === "") {
      expect(whole).not.toBe("<");
      expect(whole).not.toMatch(/&(?!#\d+;)/);
    } else if (close === "/") expect(open.pop()).toBe(name);
    else {
      expect(attributes).not.toMatch(/&(?!#\d+;)|NaN|Infinity/);
      names.push(name);
      if (alone !== "/") open.push(name);
    }
  }
  expect(open).toEqual([]);
  return names;
}

const changed = (more: Partial<Account["decision"]>): Account => ({
  ...account,
  decision: { ...account.decision, ...more },
});

test("headline() says failed, passed, or that nothing could be decided", () => {
  expect(headline(account.decision)).toMatch(
    /^Gate failed: \d+ of \d+ checks met, 4 missed, 2 inconclusive, 3 not measured$/,
  );
  const met = account.decision.checks.filter(({ state }) => state === "met");
  expect(headline({ ...account.decision, passed: true, checks: met })).toMatch(/^Gate passed/);
  const open = account.decision.checks.filter(({ state }) => state === "not measured");
  expect(headline({ ...account.decision, passed: true, checks: open })).toBe(
    "Gate undecided: 0 of 3 checks met, 3 not measured",
  );
});

test("renderText() shows numbers, what needs attention, the noise and the verdict last", () => {
  const text = renderText(account);
  expect(text.split("\n").at(-1)).toBe(headline(account.decision));
  expect(text).toMatch(/^nvenc +h264 balanced +talk +\d+ .*x \[/m);
  expect(text).toMatch(/^not measured +qsv +everything +- +this ffmpeg was built without Quick Sync$/m);
  expect(text).toContain("smallest slowdown that could be seen: cpuSec");
  expect(text).not.toMatch(/NaN|undefined|Infinity/);
});

test("renderJunit() is XML in which noise is skipped, and a broken tool is an error", () => {
  const xml = renderJunit(account);
  const names = checkXml(xml);
  const count = (name: string) => names.filter((one) => one === name).length;
  const { checks } = account.decision;
  expect(count("testcase")).toBe(checks.length + 1);
  expect(count("failure")).toBe(checks.filter(({ state }) => state === "missed").length);
  expect(count("skipped")).toBe(
    checks.filter(({ state }) => state === "inconclusive" || state === "not measured").length,
  );
  expect(count("error")).toBe(1);
  expect(xml).toMatch(/<failure type="regression" message="x1\.11 \[1\.08,1\.14\] p&#60;\.001 n=14/);
  expect(xml).toMatch(/<skipped message="inconclusive: too noisy: the smallest slowdown it could have seen is \d+ %"/);
  expect(xml).toContain("no &#60;device&#62; &#38; no &#34;card&#34;");
  for (const [, tests, failures, skipped] of xml.matchAll(
    /tests="(\d+)" failures="(\d+)" errors="\d+" skipped="(\d+)"/g,
  ))
    expect(Number(tests)).toBeGreaterThanOrEqual(Number(failures) + Number(skipped));
});

test("renderMarkdown() has the verdict first, changed rows only above the fold, and room for the comment", () => {
  const text = renderMarkdown(account);
  expect(text.split("\n").slice(0, 3)).toEqual([marker, "", `### :x: ${headline(account.decision)}`]);
  const [above = ""] = text.split("<details>");
  expect(above.match(/^\| missed /gm)).toHaveLength(4);
  expect(above).not.toMatch(/^\| (met|inconclusive|not measured) /m);
  const many = Array.from({ length: 3000 }, (_, nth) => ({
    ...{
      budget: "vmaf_within",
      backend: "cpu",
      case: `case-${nth}`,
      state: "met" as const,
      found: "1",
      allowed: "2",
      reason: "a | b <script>",
    },
  }));
  const long = renderMarkdown(changed({ checks: many }));
  expect(long.length).toBeLessThan(65_500);
  expect(long).toMatch(/and \d+ more/);
  expect(long).not.toContain("<script>");
  expect(long).toContain("a \\| b");
});

test("renderAnnotations() never says more than GitHub shows", () => {
  const missed = Array.from({ length: 30 }, (_, nth) => ({
    ...{
      budget: "vmaf",
      backend: "cpu",
      case: `a:b,c ${nth}`,
      state: "missed" as const,
      found: "5 %\n6 %",
      allowed: "2",
      reason: "why",
    },
  }));
  const lines = renderAnnotations(changed({ checks: missed }))
    .trimEnd()
    .split("\n");
  expect(lines.filter((line) => line.startsWith("::error "))).toHaveLength(10);
  expect(lines[0]).toBe("::error title=a%3Ab%2Cc 0 vmaf::5 %25%0A6 %25 (allowed: 2); why");
  expect(lines[9]).toContain("and 21 more");
  expect(lines.at(-1)).toMatch(/^::notice title=vendue bench::Gate failed/);
});

test("renderPrometheus() has no series for what was not measured", async ({ skip }) => {
  const text = renderPrometheus(account);
  expect(text).toMatch(/^vendue_bench_encode_fps\{backend="nvenc",.*machine_class="m-1"\} \d/m);
  expect(text).toContain('vendue_bench_checks{state="not_measured",machine_class="m-1"} 3');
  expect(text).not.toContain("joules");
  expect(text).not.toMatch(/encode_fps\{backend="vaapi"/);
  expect(text).not.toMatch(/NaN|Inf/);
  const found = await execa("promtool", ["check", "metrics"], { input: text, reject: false });
  if (found.code === "ENOENT") skip("promtool is not installed");
  expect([found.exitCode, found.stderr, found.stdout]).toEqual([0, "", ""]);
});

test("renderPage() is one file without scripts or requests, that draws curves, history and frames", () => {
  const page = renderPage(account);
  expect(page).not.toMatch(/<script|https?:|@import|url\(|NaN|undefined/);
  const parts = page.slice(page.indexOf("<body>"), page.indexOf("</html>")).replaceAll(/<!doctype[^>]*>/g, "");
  const names = checkXml(parts);
  expect(names.filter((name) => name === "figure")).toHaveLength(4 + 1 + result.cases.length);
  expect(page).toContain("prefers-color-scheme:dark");
  expect(page).toContain("talk: quality against bits");
  expect(page.match(/class="mark"/g)).toHaveLength(1);
  expect(page.match(/class="fell"/g)).toHaveLength(2);
  // Every point says its numbers on pointing at it.
  expect(names.filter((name) => name === "title").length).toBeGreaterThanOrEqual(
    names.filter((name) => name === "circle").length,
  );
  expect(page).toContain("no &#60;device&#62; &#38; no &#34;card&#34;");
});

test("renderPlot() draws a single point, a flat line, and nothing at all", () => {
  const plot = (values: readonly number[]) =>
    renderPlot({
      ...{ title: "t", xLabel: "x", yLabel: "y", xScale: "linear" },
      series: [{ name: "s", points: values.map((y, x) => ({ x, y, label: String(y) })) }],
    });
  for (const values of [[5], [5, 5, 5], [0]]) {
    expect(plot(values)).not.toMatch(/NaN|Infinity/);
    checkXml(plot(values));
  }
  expect(plot([])).toBe("");
});

test("renderJson() holds everything that the other forms say", () => {
  const { schema, ...rest } = JSON.parse(renderJson(account)) as { readonly schema: string };
  expect(schema).toBe("vendue-bench-report/1");
  expect(rest).toEqual(JSON.parse(JSON.stringify(account)));
});
