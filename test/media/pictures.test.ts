import { afterAll, expect, test, vi } from "vitest";
import { firstArgs, isUnreadable, pictureArgs, newPictureReader, readFfmpeg } from "../../core/media/mod.ts";
import type { PictureIndex, VideoInfo } from "../../core/types.ts";
import { builds, facts, newFolder, run, scene } from "./corpus.ts";

vi.setConfig({ testTimeout: 30_000 });

const { make, remove } = newFolder();
afterAll(remove);

const x264 = ["-an", "-c:v", "libx264", "-preset", "fast", "-pix_fmt", "yuv420p", "-g", "25", "-x264-params"];
const closed = make("closed.mp4", [...scene({ sec: 4 }), ...x264, "bframes=3:scenecut=0"]);
const open = make("open.mp4", [...scene({ sec: 4 }), ...x264, "bframes=3:scenecut=0:open-gop=1"]);

function index(ffmpeg: string, path: string): PictureIndex {
  const info = readFfmpeg(run(ffmpeg, firstArgs(facts(path))).stderr, facts(path));
  if (isUnreadable(info) || info.video === undefined) throw new Error("no picture");
  const pictures = newPictureReader(info.video);
  pictures.read(run(ffmpeg, pictureArgs(info)).stdout);
  return pictures.index();
}

/** Pictures 0 to 5 as 0 3 1 2, then 4 and 5: reordered by one, and whole again behind the fourth. */
const order = [
  [-1, 0],
  [0, 3],
  [1, 1],
  [2, 2],
  [3, 4],
  [4, 5],
];
const video = { codec: "vp9", fps: { num: 10, den: 1 } } as VideoInfo;

test("newPictureReader() knows where a copy may end, and how far pictures are reordered", () => {
  const rows = order.map(([dts, pts], nth) => `0, ${dts}, ${pts}, 1, 10, 0x${nth}${nth % 4 === 0 ? "" : ", F=0x0"}`);
  const pictures = newPictureReader(video);
  // Text comes in pieces that end anywhere.
  for (const piece of ["#tb 0: 1/10", ...rows].join("\n").match(/[^]{1,7}/g) ?? []) pictures.read(piece);
  expect(pictures.index()).toEqual({
    count: 6,
    firstSec: 0,
    ticksPerSec: 10,
    steady: true,
    reorder: 1,
    keys: [
      [0, 0],
      [4, 0.4],
    ],
    clean: [0, 4],
    ends: [
      [0, 1],
      [4, 6],
    ],
  });
});

test.each(builds)("newPictureReader() tells an instant refresh from an open group, on $version", ({ ffmpeg }) => {
  expect(index(ffmpeg, closed)).toMatchObject({ count: 100, clean: [0, 25, 50, 75], reorder: 2 });
  const found = index(ffmpeg, open);
  expect(found.keys.length).toBeGreaterThan(1);
  expect(found.clean).toEqual([0]);
  expect(found.reorder).toBeGreaterThan(0);
});
