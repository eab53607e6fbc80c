import { afterAll, expect, test, vi } from "vitest";
import { newTally, packetArgs, readFirst, readPackets, firstArgs, isUnreadable } from "../../core/media/mod.ts";
import { builds, facts, newFolder, run, scene, x264 } from "./corpus.ts";

vi.setConfig({ testTimeout: 30_000 });

const { make, remove } = newFolder();
afterAll(remove);

const aac = ["-c:a", "aac"];
const plain = make("plain.mp4", [...scene({ rate: "30000/1001" }), ...x264, "-bf", "2", "-g", "10", ...aac]);
const files = {
  plain,
  edited: make("edited.mp4", ["-ss", "0.5", "-i", plain, "-c", "copy"]),
  gaps: make("gaps.mkv", [...scene(), "-vf", "select='mod(n,7)'", "-fps_mode", "vfr", ...x264, ...aac]),
  late: make("late.ts", ["-i", plain, "-c", "copy", "-output_ts_offset", "5000"]),
  sound: make("sound.wav", [...scene(), "-vn"]),
};

test.each(builds)(
  "newTally() tells of packets that go by what readPackets() tells of all, on $version",
  ({ ffmpeg }) => {
    for (const [name, path] of Object.entries(files)) {
      const { told } = readFirst(run(ffmpeg, firstArgs(facts(path))), facts(path));
      if (isUnreadable(told)) throw new Error(told.reason);
      const { stdout } = run(ffmpeg, packetArgs(told));
      const tally = newTally();
      // Text comes in pieces that end anywhere.
      for (let at = 0; at < stdout.length; at += 777) tally.read(stdout.slice(at, at + 777));
      const { streams } = readPackets(stdout);
      expect(Object.keys(tally.packets().streams), name).toEqual(Object.keys(streams));
      const first = tally.packets().streams[0];
      // Of a picture everything; of what comes after it where it begins and ends.
      if (told.video) expect(first, name).toEqual(streams[0]);
      for (const [order, { count, firstSec, endSec }] of Object.entries(streams))
        expect(tally.packets().streams[Number(order)], `${name} ${order}`).toMatchObject({ count, firstSec, endSec });
      expect(tally.times().length, name).toBe(streams[0]?.count);
      expect(tally.times()[0], name).toBeCloseTo(streams[0]?.firstSec ?? Number.NaN, 5);
    }
  },
);

test("newTally() makes another sum of the first stream's bytes where one of them differs", () => {
  const listing = (last: string) => `#tb 0: 1/25\n0, 0, 0, 1, 100, 0x1\n0, 1, 1, 1, 90, ${last}\n`;
  const sumOf = (text: string) => {
    const tally = newTally();
    tally.read(text);
    return tally.sum();
  };
  expect(sumOf(listing("0x2"))).toBe(sumOf(listing("0x2")));
  expect(sumOf(listing("0x2"))).not.toBe(sumOf(listing("0x3")));
});
