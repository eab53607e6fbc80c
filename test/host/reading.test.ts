import { mkdir, rename, symlink } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isVendueError, load, openHost } from "../../core/mod.ts";
import { picture, scene } from "../corpus/scene.ts";
import { builds, ffmpeg } from "../support/ffmpeg.ts";
import { makeProject, type Project } from "../support/project.ts";

let project: Project;

beforeAll(async () => {
  project = await makeProject();
  await mkdir(project.path("live"));
  await ffmpeg([
    ...scene(),
    ...picture,
    "-an",
    "-f",
    "hls",
    "-hls_time",
    "1",
    "-g",
    "25",
    project.path("live/show.m3u8"),
  ]);
  await ffmpeg([...scene(), ...picture, "-an", project.path("secret.ts")]);
  await ffmpeg([...scene({ sec: 0.2 }), "-an", "-c:v", "magicyuv", project.path("odd.avi")]);
  const list = (uri: string) => `#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n${uri}\n#EXT-X-ENDLIST\n`;
  await project.write("live/up.m3u8", list("../secret.ts"));
  await project.write("live/far.m3u8", list("http://localhost:9/a.ts"));
  await project.write("live/absolute.m3u8", list(project.path("secret.ts")));
  await project.write("live/key.m3u8", `#EXT-X-KEY:METHOD=AES-128,URI="/etc/hostname"\n${list("show0.ts")}`);
  await symlink(project.path("secret.ts"), project.path("live/link.ts"));
  await project.write("live/linked.m3u8", list("link.ts"));
  await project.write("live/nested.m3u8", list("up.m3u8"));
  await project.write("live/disguised.mp4", list("show0.ts"));
});
afterAll(() => project.remove());

/** What comes of a pipeline with this input: the length of its picture, or the words that refuse it. */
async function opened(input: string, flags: Record<string, string | number> = {}): Promise<number | string> {
  const own = { cache_dir: project.path(".cache"), state_dir: project.path(".state"), ...flags };
  const host = await openHost(project.folder, own);
  const text = `version: 1\ninputs: { a: ${input} }\nstages:\n  - export: { output: out/x.mp4 }\n`;
  const file = await project.write("p.yaml", text);
  try {
    const { media } = await load(file, { host });
    return Object.values(media.files)[0]?.video?.endSec ?? 0;
  } catch (error) {
    return isVendueError(error) ? error.message : String(error);
  }
}

test("load() refuses a playlist that was not asked for, under any name", async () => {
  expect(await opened("live/show.m3u8")).toContain("is a playlist, which opens other files");
  expect(await opened("live/disguised.mp4")).toContain("is not on the list of media formats");
});

test.each(builds)("load() opens a playlist that was asked for, by the $name ffmpeg", async ({ path }) => {
  expect(await opened("{ path: live/show.m3u8, playlist: true }", { ffmpeg: path })).toBeCloseTo(2, 1);
});

test.each([
  ["up", "it leads out of its folder"],
  ["far", "it is an address"],
  ["absolute", "it is absolute"],
  ["key", "it is absolute"],
  ["linked", "a link out of its folder"],
  ["nested", "it leads out of its folder"],
])("load() keeps a playlist in its own folder: %s", async (name, words) => {
  expect(await opened(`{ path: live/${name}.m3u8, playlist: true }`)).toContain(words);
});

test.each(builds)(
  "load() refuses a codec that is not on the list, unless it is allowed, by the $name ffmpeg",
  async ({ path }) => {
    const flags = { ffmpeg: path, cache_dir: project.path(".cache", path) };
    expect(await opened("odd.avi", flags)).toContain("Codec magicyuv is not on the list of codecs");
    expect(await opened("odd.avi", { ...flags, allow_codecs: "magicyuv" })).toBeCloseTo(0.2, 2);
  },
);

test("load() refuses more streams and hours than the settings allow", async () => {
  expect(await opened("secret.ts", { max_streams: 0.5 })).toContain("has 1 streams, and max_streams is 0.5");
  expect(await opened("secret.ts", { max_hours: 0.0001 })).toContain("max_hours is 0.0001");
});

test("load() opens files whatever they are called", async () => {
  for (const name of ["-i.ts", "a:b.ts", "http:c.ts", "50%d.ts", "it's.ts", "pipe:0.ts", "concat:x|y.ts"]) {
    await ffmpeg(["-i", project.path("secret.ts"), "-c", "copy", "-f", "mpegts", project.path("plain.tmp")]);
    await rename(project.path("plain.tmp"), project.path(name));
    expect(await opened(JSON.stringify(name)), name).toBeCloseTo(2, 1);
  }
});
