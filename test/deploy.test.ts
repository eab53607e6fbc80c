import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parser } from "@prometheus-io/lezer-promql";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { createMetrics } from "../core/observe/mod.ts";
import { root } from "./support/project.ts";

interface Panel {
  readonly title: string;
  readonly type: string;
  readonly targets?: readonly { readonly expr: string }[];
}

interface Dashboard {
  readonly uid: string;
  readonly panels: readonly (Panel & { readonly gridPos: Readonly<Record<"x" | "y" | "w" | "h", number>> })[];
  readonly annotations: { readonly list: readonly { readonly expr: string }[] };
  readonly templating: { readonly list: readonly { readonly query: string | { readonly query: string } }[] };
}

interface Rules {
  readonly groups: readonly {
    readonly rules: readonly { readonly record?: string; readonly alert?: string; readonly expr: string }[];
  }[];
}

const folder = join(root, "deploy");
const dashboards = readdirSync(join(folder, "grafana")).map(
  (name) => [name, JSON.parse(readFileSync(join(folder, "grafana", name), "utf8")) as Dashboard] as const,
);
const { groups } = parse(readFileSync(join(folder, "prometheus/rules.yaml"), "utf8")) as Rules;
const rules = groups.flatMap((group) => group.rules);

const queries: readonly (readonly [where: string, expr: string])[] = [
  ...dashboards.flatMap(([, { panels, annotations }]) => [
    ...panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => [title, expr] as const)),
    ...annotations.list.map(({ expr }) => ["annotation", expr] as const),
  ]),
  ...rules.map(({ record, alert, expr }) => [record ?? alert ?? "rule", expr] as const),
];

/** As Grafana fills them in before it asks. */
function fill(expr: string): string {
  return expr.replaceAll("$__rate_interval", "5m").replaceAll("$__range", "1h").replaceAll("$instance", ".*");
}

/** Where the parser had to guess. */
function mistakes(expr: string): readonly string[] {
  const found: string[] = [];
  parser.parse(expr).iterate({
    enter: ({ type, from, to }) => void (type.isError && found.push(`at ${from}: ${expr.slice(from, to + 20)}`)),
  });
  return found;
}

function metricsIn(expr: string): readonly string[] {
  const names: string[] = [];
  parser.parse(expr).iterate({
    enter: ({ name, from, to }) => void (name === "Identifier" && names.push(expr.slice(from, to))),
  });
  return names.filter((name) => name.startsWith("vendue"));
}

test("the parser of queries finds mistakes", () => {
  expect(mistakes("sum(rate(a[5m]))")).toEqual([]);
  expect(mistakes("sum(rate(a[5m])")).not.toEqual([]);
  expect(mistakes("rate(a[5m]) by / b")).not.toEqual([]);
});

test("every query of dashboards and rules can be parsed", () => {
  expect(queries.length).toBeGreaterThan(40);
  expect(queries.flatMap(([where, expr]) => mistakes(fill(expr)).map((one) => `${where} ${one}`))).toEqual([]);
});

test("every metric they ask for is one of ours, and no family of ours is shown nowhere", async () => {
  const text = await (await createMetrics()).text();
  const families = [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name = "", type]) => ({ name, type }));
  const known = new Set([
    ...families.flatMap(({ name, type }) =>
      type === "histogram" ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
    ),
    ...rules.flatMap(({ record }) => record ?? []),
  ]);
  const asked = new Set(queries.flatMap(([, expr]) => metricsIn(fill(expr))));
  expect(asked.size).toBeGreaterThan(30);
  expect([...asked].filter((name) => !known.has(name))).toEqual([]);
  const shown = (name: string) => [...asked].some((one) => one === name || one.startsWith(`${name}_`));
  expect(families.map(({ name }) => name).filter((name) => !shown(name))).toEqual([]);
});

describe.each(dashboards)("%s", (_, { panels, templating }) => {
  test("has no two panels in one place", () => {
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_cell, nth) => `${x + (nth % w)} ${y + Math.floor(nth / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(Math.max(...panels.map(({ gridPos: { x, w } }) => x + w))).toBe(24);
  });

  test("shows what one looks for first", () => {
    const titles = panels.map(({ title }) => title).join("\n");
    for (const what of [
      /Use per device/,
      /GPU against CPU/,
      /Fallbacks by reason/,
      /Wait for a turn/,
      /Cost by backend/,
      /Verify failures/,
    ])
      expect(titles).toMatch(what);
    expect(templating.list.map(({ query }) => (typeof query === "string" ? query : query.query))).toEqual([
      "prometheus",
      "label_values(vendue_build_info, instance)",
    ]);
  });
});

test("an alert stands for each thing that should wake someone, and each of them has a test", () => {
  const alerts = rules.flatMap(({ alert }) => alert ?? []);
  expect(alerts).toHaveLength(7);
  const tests = readFileSync(join(folder, "prometheus/rules.test.yaml"), "utf8");
  for (const alert of alerts) expect(tests).toContain(`alertname: ${alert}`);
});

test("promtool accepts rules and every query, and the tests of the alerts pass", async (context) => {
  const version = await execa("promtool", ["--version"], { reject: false });
  if (version.exitCode !== 0) return context.skip("promtool is not installed");
  const scratch = await mkdtemp(join(tmpdir(), "vendue-rules-"));
  try {
    const all = join(scratch, "queries.yaml");
    const records = queries.map(([, expr], nth) => ({ record: `query:${nth}`, expr: fill(expr) }));
    await writeFile(all, JSON.stringify({ groups: [{ name: "queries", rules: records }] }));
    const check = await execa("promtool", ["check", "rules", join(folder, "prometheus/rules.yaml"), all], {
      reject: false,
    });
    expect(check.stdout + check.stderr).not.toContain("FAILED");
    expect(check.exitCode).toBe(0);
    const run = await execa("promtool", ["test", "rules", join(folder, "prometheus/rules.test.yaml")], {
      reject: false,
    });
    expect(run.stdout + run.stderr).toContain("SUCCESS");
    expect(run.exitCode).toBe(0);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
});
