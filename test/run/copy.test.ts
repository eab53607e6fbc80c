import { mkdir, readdir, readFile } from "node:fs/promises";
import { execa } from "execa";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readPictureSums } from "../../core/media/mod.ts";
import { clapTimes } from "../support/clapper.ts";
import { builds, ffmpeg } from "../support/ffmpeg.ts";
import { makeProject, type Project } from "../support/project.ts";

let project: Project;
const x264 = ["-c:v", "libx264", "-preset", "fast", "-g", "30", "-sc_threshold", "0"];
const x265 = ["-c:v", "libx265", "-preset", "fast", "-tag:v", "hvc1", "-x265-params"];
const closed = "log-level=error:open-gop=0:keyint=30:min-keyint=30:scenecut=0";

/** Every frame is another; each full second flashes and beeps. */
async function makeClip(file: string, rate: string, video: readonly string[]): Promise<void> {
  const early = `(${rate.includes("/") ? rate.split("/").reverse().join("/") : `1/${rate}`})/2`;
  const flash = `drawbox=color=white:t=fill:enable='lt(mod(t+${early},1),0.2)'`;
  await ffmpeg([
    ...["-f", "lavfi", "-i", `testsrc2=size=160x90:rate=${rate},format=yuv420p,lutyuv=y=val/3,${flash}`],
    ...["-f", "lavfi", "-i", "aevalsrc='0.5*sin(2*PI*1000*t)*lt(mod(t,1),0.2)':s=48000"],
    ...["-t", "8", ...video, "-pix_fmt", "yuv420p", "-c:a", "aac", project.path("media", file)],
  ]);
}

beforeAll(async () => {
  project = await makeProject();
  await mkdir(project.path("media"));
  await Promise.all([
    makeClip("a.mp4", "30000/1001", x264),
    makeClip("plain.mp4", "30", [...x264, "-bf", "0"]),
    makeClip("h.mp4", "30", [...x265, closed]),
    makeClip("open.mp4", "30", [...x264, "-x264-params", "open-gop=1"]),
  ]);
  for (const [from, to] of [
    ["a.mp4", "a.mkv"],
    ["h.mp4", "h.mkv"],
    ["a.mp4", "a.mov"],
  ] as const)
    await ffmpeg(["-i", project.path("media", from), "-c", "copy", project.path("media", to)]);
  const copy = '  - id: web\n    export: { output: "out/${name}.${to}", video: { codec: copy } }\n';
  const head = 'version: 1\nvars: { in: a.mp4, to: mp4 }\ninputs: { a: "media/${in}" }\nstages:\n';
  const ranges = '["0.37-2.41", "3.3-6.52"]';
  await project.write("smart.yaml", `${head}  - cut: { keep: ${ranges} }\n${copy}`);
  await project.write("keys.yaml", `${head}  - cut: { keep: ${ranges}, accuracy: keyframe }\n${copy}`);
  await project.write("joined.yaml", `${head}  - concat: { inputs: [a, a, a] }\n${copy}`);
});
afterAll(() => project.remove());

/** A sum for every frame, as a player would show them. */
async function frames(path: string): Promise<readonly string[]> {
  const args = ["-v", "error", "-i", path, "-map", "0:v:0", "-fps_mode", "passthrough", "-f", "framecrc", "-"];
  return readPictureSums((await execa("ffmpeg", args)).stdout)[0] ?? [];
}

interface Found {
  readonly segments: readonly { readonly frames: readonly [number, number] }[];
  readonly jobs: readonly {
    readonly bids: readonly { readonly backend: string; readonly pieces?: { readonly list: readonly Piece[] } }[];
  }[];
}
interface Piece {
  readonly frames: readonly [number, number];
  readonly copied?: object;
}

async function make(file: string, { path, clip, to }: { path: string; clip: string; to: string }) {
  const set = ["--set", `in=${clip}`, "--set", `to=${to}`];
  const env = { ...project.env, VENDUE_FFMPEG: path };
  const plan = JSON.parse((await project.vendue(["plan", file, "--json", ...set], { env })).stdout) as Found;
  const ended = await project.vendue(["run", file, "--force", ...set], { env });
  expect(ended).toMatchObject({ exitCode: 0 });
  expect(ended.stderr).not.toContain("attempt 2");
  const taken = plan.segments.map((segment) => segment.frames);
  return { bid: plan.jobs[0]?.bids[0], taken, made: project.path("out", `${file.replace(".yaml", "")}.${to}`) };
}

async function expectInSync(path: string, count: number): Promise<void> {
  const { flashes, beeps } = await clapTimes(path);
  expect(flashes).toHaveLength(count);
  expect(beeps).toHaveLength(count);
  flashes.forEach((flash, nth) => expect(Math.abs((beeps[nth] ?? NaN) - flash)).toBeLessThan(0.02));
}

const rows = builds.flatMap(({ name, path }) =>
  (name === "system"
    ? (["a.mp4 mp4", "a.mkv mkv", "plain.mp4 mov", "h.mp4 mp4"] as const)
    : (["a.mov mov", "a.mkv mp4", "h.mkv mkv"] as const)
  ).map((row) => ({ name, path, clip: row.split(" ")[0] ?? "", to: row.split(" ")[1] ?? "" })),
);

test.each(rows)("a smart cut of $clip to $to keeps its middle bit for bit, by the $name ffmpeg", async (row) => {
  const { bid, made, taken } = await make("smart.yaml", row);
  expect(bid?.backend).toBe("smart");
  const source = await frames(project.path("media", row.clip));
  const wanted = taken.flatMap(([first, past]) => Array.from({ length: past - first }, (_, nth) => first + nth));
  const got = await frames(made);
  expect(got).toHaveLength(wanted.length);
  const copied = bid?.pieces?.list.filter((piece) => piece.copied) ?? [];
  expect(copied).toHaveLength(2);
  for (const {
    frames: [first, past],
  } of copied)
    for (let nth = first; nth < past; nth += 1) expect(got[nth]).toBe(source[wanted[nth] ?? -1]);
  // The edges are the right frames too: each is nearer to its own than a frame beside it could be.
  const runs = taken.map(([first, past]) => `between(n,${first},${past - 1})`);
  const { stderr } = await execa("ffmpeg", [
    ...["-v", "info", "-i", made, "-i", project.path("media", row.clip), "-filter_complex"],
    ...[
      `[0:v]settb=1/30,setpts=N[a];[1:v]select='${runs.join("+")}',settb=1/30,setpts=N[b];[a][b]psnr`,
      "-an",
      "-f",
      "null",
      "-",
    ],
  ]);
  expect(Number(/min:([\d.]+)/.exec(stderr)?.[1])).toBeGreaterThan(33);
  await expectInSync(made, 5);
});

test.each(builds)("a keyframe copy takes exactly the frames that plan says, by the $name ffmpeg", async (row) => {
  const { bid, made } = await make("keys.yaml", { ...row, clip: "a.mp4", to: "mp4" });
  expect(bid?.backend).toBe("copy");
  const list = bid?.pieces?.list ?? [];
  const got = await frames(made);
  expect(got).toHaveLength(list.at(-1)?.frames[1] ?? NaN);
  const source = await frames(project.path("media/a.mp4"));
  const at = source.indexOf(got[0] ?? "");
  expect(at).toBe(0);
  expect(got.slice(...(list[0]?.frames ?? []))).toEqual(source.slice(0, list[0]?.frames[1]));
  await expectInSync(made, 7);
});

test.each(builds.flatMap(({ name, path }) => ["a.mp4", "a.mkv", "h.mp4"].map((clip) => ({ name, path, clip }))))(
  "alike clips are joined by copy and stay in sync, $clip by the $name ffmpeg",
  async (row) => {
    const { bid, made } = await make("joined.yaml", { ...row, to: "mp4" });
    expect(bid?.backend).toBe("copy");
    const source = await frames(project.path("media", row.clip));
    expect(await frames(made)).toEqual([...source, ...source, ...source]);
    await expectInSync(made, 24);
  },
);

test("what cannot be cut by copy says why, for each way, and leaves nothing behind", async () => {
  const { exitCode, stderr } = await project.vendue(["run", "smart.yaml", "--set", "in=open.mp4"]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("COPY_REFUSED");
  expect(stderr).toMatch(/whole copy: only a part of .*open\.mp4 is kept/);
  expect(stderr).toMatch(/keyframe copy: 0\.370 s of .* is no keyframe; accuracy: keyframe moves there/);
  expect(stderr).toContain("smart cut: its groups of pictures are open");
  const left = (await readdir(project.path("out"))).filter((name) => name.startsWith("."));
  expect(left).toEqual([]);
});

test("a smart cut that is not what it should be is encoded whole instead, and says so", async () => {
  const env = { ...project.env, VENDUE_FFMPEG: await lyingCopier(builds[0]?.path ?? "") };
  const ended = await project.vendue(["run", "smart.yaml", "--force", "--report", project.path("r.json")], { env });
  expect(ended).toMatchObject({ exitCode: 0 });
  const report = JSON.parse(await readFile(project.path("r.json"), "utf8")) as {
    jobs: { backend: string; attempts: { backend: string; outcome: string; code?: string; cause?: string }[] }[];
  };
  expect(report.jobs[0]).toMatchObject({
    backend: "cpu",
    attempts: [
      { backend: "smart", outcome: "unverified", code: "VERIFY_FAILED" },
      { backend: "cpu", outcome: "done" },
    ],
  });
  expect(report.jobs[0]?.attempts[0]?.cause).toMatch(/moved: expected \d+ as in the source, found/);
});

/** A stand-in that copies the wrong second: what a seek that lands elsewhere would do. */
async function lyingCopier(real: string): Promise<string> {
  const script = [
    "#!/bin/sh",
    'for arg in "$@"; do shift',
    'case "$arg" in noise=drop=*) arg=$(echo "$arg" | sed -E "s/1\\.98[0-9]+/2.986/;s/0\\.98[0-9]+/1.985/");; esac',
    'set -- "$@" "$arg"; done',
    `exec ${real} "$@"`,
    "",
  ].join("\n");
  const path = await project.write("lying/ffmpeg", script);
  await execa("chmod", ["+x", path]);
  return path;
}
