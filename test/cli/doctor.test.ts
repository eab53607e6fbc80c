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

test("doctor tells why a card with a driver is no encoder", async () => {
  const rows = await rowsOf("cloud H200");
  expect(rows.find((row) => row.startsWith("nvenc"))).toMatch(
    /absent .*OpenEncodeSessionEx failed: unsupported device/,
  );
});
