import { expect, test } from "vitest";
import { countAlike, newPacketSums, type PacketSums } from "../../core/media/mod.ts";

/** Pictures 0 2 1 and 3 5 4 of ten a second, as they are decoded; the last is there for decoding only. */
const text = [
  "#tb 0: 1/10",
  "0,  -1,  0,  1,  100, 0x00000001",
  "0,   0,  2,  1,   50, 0x00000002, F=0x0",
  "0,   1,  1,  1,   51, 0xffffffff, F=0x0",
  "0,   2,  3,  1,  101, 0x00000004",
  "0,   3,  5,  1,   52, 0x00000005, F=0x0",
  "0,   4,  4,  1,   53, 0x00000006, F=0x4",
  "",
].join("\n");
const spans = [
  { fromSec: -0.05, toSec: 0.25 },
  { fromSec: 0.25, toSec: 0.55 },
];

const plain = (found: readonly PacketSums[]) =>
  found.map(({ sizes, sums }) => ({ sizes: Array.from(sizes), sums: Array.from(sums) }));

test("newPacketSums() sorts packets by when they are shown, and keeps the order of decoding", () => {
  const { read, found } = newPacketSums(spans);
  read(text);
  expect(plain(found())).toEqual([
    { sizes: [100, 50, 51], sums: [1, 2, 0xffffffff] },
    { sizes: [101, 52], sums: [4, 5] },
  ]);
});

test("newPacketSums() reads a listing that comes in pieces of any length", () => {
  const whole = newPacketSums(spans);
  whole.read(text);
  for (let length = 1; length < 40; length += 1) {
    const { read, found } = newPacketSums(spans);
    for (let at = 0; at < text.length; at += length) read(text.slice(at, at + length));
    expect(found()).toEqual(whole.found());
  }
});

test("countAlike() counts a packet only where its length and its bytes are the same in the same place", () => {
  const one = { sizes: [1, 2, 3], sums: [7, 8, 9] };
  expect(countAlike(one, one)).toBe(3);
  expect(countAlike(one, { sizes: [1, 2, 4], sums: [7, 8, 9] })).toBe(2);
  expect(countAlike(one, { sizes: [1, 2, 3], sums: [7, 0, 9] })).toBe(2);
  expect(countAlike(one, { sizes: [2, 3], sums: [8, 9] })).toBe(0);
});

test("newPacketSums() keeps as many packets as there are", () => {
  const { read, found } = newPacketSums([{ fromSec: 0, toSec: 1e6 }]);
  read("#tb 0: 1/25\n");
  for (let nth = 0; nth < 5000; nth += 1) read(`0, ${nth}, ${nth}, 1, ${nth + 1}, 0x${(nth + 7).toString(16)}\n`);
  const [all] = plain(found());
  expect(all?.sizes).toEqual(Array.from({ length: 5000 }, (_, nth) => nth + 1));
  expect(all?.sums).toEqual(Array.from({ length: 5000 }, (_, nth) => nth + 7));
});
