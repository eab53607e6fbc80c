import { expect, test } from "vitest";
import { backendRows } from "../../core/cli/doctor.ts";
import { machines, surveyOf } from "../support/machines.ts";

const plain = {
  isTerminal: false,
  color: false,
  columns: 80,
  result: () => undefined,
  note: () => undefined,
  draw: () => undefined,
};

async function rowsOf(machine: string): Promise<readonly string[]> {
  const { survey } = await surveyOf(machines[machine] ?? {});
  return survey.backends.flatMap((one) => backendRows(one, plain)).map((row) => row.join("  "));
}

test("doctor tells each device with its codecs, depths, B-frames, decoders and filters", async () => {
  const rows = await rowsOf("workstation with two NVIDIA cards");
  const cards = rows.filter((row) => row.startsWith("nvenc  ready"));
  expect(cards).toHaveLength(2);
  expect(cards[0]).toMatch(/^nvenc {2}ready {2}0: h264 \(8.*bit, B-frames\), hevc \(8 and 10 bit, B-frames\)/);
  expect(cards[0]).toMatch(/filters .*scale_cuda/);
});

test("doctor calls a card that only decodes what it is, and tells why it is no encoder", async () => {
  const rows = (await rowsOf("cloud H200")).filter((row) => row.startsWith("nvenc"));
  expect(rows).toHaveLength(2);
  expect(rows[0]).toMatch(/^nvenc {2}decodes {2}0 NVIDIA H200: encodes nothing; decodes h264 8 bit, hevc 8 and 10 bit/);
  expect(rows[1]).toMatch(/^nvenc {2}absent .*NVIDIA H200.*OpenEncodeSessionEx failed: unsupported device/);
});
