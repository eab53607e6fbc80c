import { readFile, rm, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ReadContext, readMediaFile, readMediaFiles } from "../../core/host/mod.ts";
import { picture, scene, sound } from "../corpus/scene.ts";
import { builds, ffmpeg } from "../support/ffmpeg.ts";
import { makeProject, type Project } from "../support/project.ts";
import { type Spy, spyOn } from "../support/spy.ts";

let project: Project;
const at = (name: string) => project.path(name);
const packetBytes = 188;

beforeAll(async () => {
  project = await makeProject();
  const make = (name: string, sec: number, startSec = 0) =>
    ffmpeg([...scene({ sec }), ...picture, ...sound, "-output_ts_offset", String(startSec), at(name)]);
  await Promise.all([make("a.mp4", 1), make("b.mkv", 1.2), make("c.ts", 0.8, 5000)]);
  const whole = await readFile(at("c.ts"));
  // Can be read, and ffmpeg complains.
  await writeFile(
    at("hole.ts"),
    Buffer.concat([whole.subarray(0, 40 * packetBytes), whole.subarray(44 * packetBytes)]),
  );
  await project.write("words.mp4", "hello");
});
afterAll(() => project.remove());

describe.each(builds)("by the $name ffmpeg", ({ name, path }) => {
  let spy: Spy;
  beforeAll(async () => void (spy = await spyOn(path, at(`spy-${name}`))));

  const context = (): ReadContext => ({
    tools: { ffmpeg: spy.env["VENDUE_FFMPEG"] ?? "", origin: "test" },
    cache: at(`.cache-${name}`),
    launcher: [],
    limits: { max_streams: 64, max_hours: 24 },
  });
  const forget = () => rm(at(`.cache-${name}`), { recursive: true, force: true });
  const starts = async () =>
    (await spy.calls())
      .map((args) => args.filter((arg) => arg.startsWith("file:")).length)
      .filter((count) => count > 0);

  /** What is read of these files together, and how many each start of ffmpeg was for. */
  async function together(names: readonly string[]) {
    await forget();
    const before = (await starts()).length;
    const { files, errors } = await readMediaFiles(names.map(at), context());
    return { files, errors, starts: (await starts()).slice(before) };
  }
  const alone = async (names: readonly string[]) => {
    await forget();
    const infos = await Promise.all(names.map((each) => readMediaFile(at(each), context())));
    return Object.fromEntries(infos.map((info) => [info.path, info]));
  };

  test("readMediaFiles() reads three small files in one start, and of each what it reads of it alone", async () => {
    const names = ["a.mp4", "b.mkv", "c.ts"];
    const read = await together(names);
    expect(read).toEqual({ files: await alone(names), errors: [], starts: [3] });
  });

  test("readMediaFiles() starts ffmpeg for what it does not remember", async () => {
    await together(["a.mp4"]);
    await readMediaFiles(["a.mp4", "b.mkv"].map(at), context());
    expect((await starts()).slice(-2)).toEqual([1, 1]);
  });

  test("readMediaFiles() reads every file alone where ffmpeg complains of one", async () => {
    const names = ["a.mp4", "hole.ts", "b.mkv"];
    const read = await together(names);
    expect(read).toEqual({ files: await alone(names), errors: [], starts: [3, 1, 1, 1] });
  });

  test("readMediaFiles() says of a file that cannot be read what it says of it alone", async () => {
    const read = await together(["a.mp4", "words.mp4", "b.mkv"]);
    const error: unknown = await readMediaFile(at("words.mp4"), context()).catch((cause: unknown) => cause);
    expect(read.files).toEqual(await alone(["a.mp4", "b.mkv"]));
    expect(read.errors).toEqual([error]);
    expect(read.starts).toEqual([3, 1, 1, 1]);
  });

  test("readMediaFiles() reads many files by the group", async () => {
    const names = Array.from({ length: 20 }, (_, nth) => `many${nth}.mp4`);
    const bytes = await readFile(at("a.mp4"));
    await Promise.all(names.map((each) => writeFile(at(each), bytes)));
    const { files, errors, starts: counts } = await together(names);
    expect([Object.keys(files).length, errors]).toEqual([20, []]);
    expect(counts.toSorted((a, b) => a - b)).toEqual([4, 8, 8]);
  });
});
