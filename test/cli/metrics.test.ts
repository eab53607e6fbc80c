import { mkdir, readFile } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addCounters } from "../../core/observe/mod.ts";
import { ffmpeg } from "../support/ffmpeg.ts";
import { makeProject, type Project, root } from "../support/project.ts";
import { readMetrics, sumOf } from "../support/views.ts";

let project: Project;
beforeAll(async () => {
  project = await makeProject();
  await mkdir(project.path("media"));
  await ffmpeg([
    ...["-f", "lavfi", "-i", "testsrc2=size=160x90:rate=25", "-t", "2", "-c:v", "libx264", "-preset", "ultrafast"],
    ...["-pix_fmt", "yuv420p", project.path("media/clip.mp4")],
  ]);
  await project.write(
    "p.yaml",
    "version: 1\nbackends: [cpu]\ninputs: { clip: media/clip.mp4 }\nstages:\n  - id: web\n    export: { output: out/p.mp4, video: { effort: fastest } }\n",
  );
});
afterAll(() => project.remove());

test(
  "run serves metrics while it runs, pushes them when done, and keeps counters in a file going",
  { timeout: 180_000 },
  async () => {
    const received: { readonly url: string; readonly method: string; readonly login: string; readonly body: string }[] =
      [];
    const gateway = createServer((request, response) => {
      void textOf(request).then((body) => {
        received.push({
          url: request.url ?? "",
          method: request.method ?? "",
          login: request.headers.authorization ?? "",
          body,
        });
        response.writeHead(200).end();
      });
    });
    await new Promise<void>((done) => gateway.listen(0, "127.0.0.1", done));
    const { port } = gateway.address() as { port: number };
    const flags = [
      "--metrics-file",
      "m.prom",
      "--metrics-keep",
      "--metrics-push",
      `http://me:s3cret@127.0.0.1:${port}/`,
    ];
    try {
      const child = execa(
        process.execPath,
        [join(root, "bin/vendue.mjs"), "run", "p.yaml", ...flags, "--metrics-port", "0"],
        {
          cwd: project.folder,
          env: project.env,
          reject: false,
        },
      );
      let scraped: Promise<string> | undefined;
      let words = "";
      child.stderr.on("data", (chunk: Buffer) => {
        words += String(chunk);
        const url = /metrics are served at (\S+) while/.exec(words)?.[1];
        if (url !== undefined) scraped ??= fetch(url).then((answer) => answer.text());
      });
      expect((await child).exitCode).toBe(0);
      expect(await scraped).toContain("# TYPE vendue_attempts_total counter");

      expect(received).toHaveLength(1);
      expect(received[0]).toMatchObject({
        url: "/metrics/job/vendue",
        method: "PUT",
        login: `Basic ${btoa("me:s3cret")}`,
      });
      expect(sumOf(readMetrics(received[0]?.body ?? ""), "vendue_attempts_total")).toBe(1);

      const again = await project.vendue(["run", "p.yaml", "--force", ...flags]);
      expect(again.exitCode).toBe(0);
      const kept = readMetrics(await readFile(project.path("m.prom"), "utf8"));
      expect(sumOf(kept, "vendue_attempts_total")).toBe(2);
      expect(sumOf(kept, "vendue_job_duration_seconds_count")).toBe(2);
      expect(sumOf(kept, "vendue_jobs", { state: "done" })).toBe(1);
      expect(sumOf(readMetrics(received[1]?.body ?? ""), "vendue_attempts_total")).toBe(1);
    } finally {
      gateway.close();
    }
    // Nobody is there any more: the work is done all the same, and the password is in no word of the warning.
    const away = await project.vendue(["run", "p.yaml", "--metrics-push", `http://me:s3cret@127.0.0.1:${port}/`]);
    expect(away.exitCode).toBe(0);
    expect(away.stderr).toContain("could not be pushed");
    expect(away.stderr).not.toContain("s3cret");
  },
);

test.each([
  [["--metrics-port", "eighty"], "not a port"],
  [["--metrics-port", "99999"], "not a port"],
  [["--metrics-push", "gateway:9091"], "not an address"],
])("run refuses %j before it starts anything", async (flags, words) => {
  const { exitCode, stderr, stdout } = await project.vendue(["run", "p.yaml", "--force", "--json", ...flags]);
  expect([exitCode, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(words);
  expect(stderr).toContain("hint:");
});

describe("addCounters()", () => {
  const text = (count: number, gauge: number, extra = "") =>
    `# HELP a_total x\n# TYPE a_total counter\na_total{b="1"} ${count}\n${extra}\n# HELP g y\n# TYPE g gauge\ng ${gauge}\n`;

  test("adds what only grows and takes the newer of the rest", () => {
    const sum = readMetrics(addCounters(text(2, 7, 'a_total{b="old"} 1'), text(3, 9, 'a_total{b="new"} 5')));
    expect(sum.get("a_total")?.map(({ labels, value }) => [labels["b"], value])).toEqual([
      ["1", 5],
      ["old", 1],
      ["new", 5],
    ]);
    expect(sumOf(sum, "g")).toBe(9);
  });

  test("forgets gauges that nobody tells any more, and is not misled by a file of somebody else", () => {
    expect(addCounters("# TYPE gone gauge\ngone 1\n", text(1, 1))).not.toContain("gone");
    expect(sumOf(readMetrics(addCounters("not metrics at all\n{}\n", text(1, 1))), "a_total")).toBe(1);
  });
});

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
