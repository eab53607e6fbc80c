import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSensors } from "../../core/host/mod.ts";
import { nvidiaFields, readNvidia } from "../../core/host/sensors/nvidia.ts";
import type { GpuReading } from "../../core/types.ts";

let root: string;
beforeAll(async () => (root = await mkdtemp(join(tmpdir(), "vendue-sys-"))));
afterAll(() => rm(root, { recursive: true, force: true }));

/** Trees of /sys and /proc as data: a path and what stands in it; an arrow is a link. */
type Tree = Readonly<Record<string, string | number>>;

async function plant(name: string, tree: Tree): Promise<string> {
  for (const [path, value] of Object.entries(tree)) {
    const file = join(root, name, path);
    await mkdir(dirname(file), { recursive: true });
    const text = String(value);
    if (text.startsWith("-> ")) await symlink(join(root, name, text.slice(3)), file);
    else await writeFile(file, `${text}\n`);
  }
  return join(root, name);
}

const amd: Tree = {
  "sys/devices/0000:0b:00.0/vendor": "0x1002",
  "sys/devices/0000:0b:00.0/product_name": "Radeon RX 7600",
  "sys/devices/0000:0b:00.0/gpu_busy_percent": 37,
  "sys/devices/0000:0b:00.0/mem_info_vram_total": 8573157376,
  "sys/devices/0000:0b:00.0/mem_info_vram_used": 1073741824,
  "sys/devices/0000:0b:00.0/hwmon/hwmon3/temp1_input": 51000,
  "sys/devices/0000:0b:00.0/hwmon/hwmon3/power1_average": 42000000,
  "sys/devices/0000:0b:00.0/drm/renderD129/dev": "226:129",
  "sys/class/drm/card1/device": "-> sys/devices/0000:0b:00.0",
  "sys/class/drm/card1-HDMI-A-1/status": "connected",
};

const intel: Tree = {
  "sys/devices/0000:00:02.0/vendor": "0x8086",
  "sys/devices/0000:00:02.0/drm/renderD128/dev": "226:128",
  "sys/devices/0000:00:02.0/hwmon/hwmon1/energy1_input": 5000000,
  "sys/class/drm/card0/device": "-> sys/devices/0000:00:02.0",
  "sys/class/drm/card0/gt/gt0/rc6_residency_ms": 1000,
};

const fdinfo = (videoNs: number) =>
  `pos:\t0\ndrm-driver:\ti915\ndrm-client-id:\t7\ndrm-pdev:\t0000:00:02.0\ndrm-engine-render:\t0 ns\ndrm-engine-video:\t${videoNs} ns\ndrm-engine-capacity-video:\t2`;

describe("sensors of cards in /sys", () => {
  test("read an AMD card whole: load, memory, heat and power", async () => {
    const at = await plant("amd", amd);
    const readings = await createSensors({ sys: join(at, "sys"), proc: join(at, "proc") }).read();
    expect(readings).toEqual([
      {
        ...{ kind: "gpu", gpu: "amd0", vendor: "amd", node: "renderD129", name: "Radeon RX 7600" },
        ...{ utilization: 0.37, memory_bytes: 8573157376, memory_used_bytes: 1073741824, celsius: 51, watts: 42 },
      },
    ]);
  });

  test("read an Intel card by what its counters grew, and its video engine by our own processes", async () => {
    const at = await plant("intel", { ...amd, ...intel, "proc/42/fdinfo/5": fdinfo(0), "proc/42/fdinfo/6": fdinfo(0) });
    let nowMs = 0;
    const sensors = createSensors({
      sys: join(at, "sys"),
      proc: join(at, "proc"),
      pids: () => [42],
      nowMs: () => nowMs,
    });
    const card = async () =>
      (await sensors.read()).find((one): one is GpuReading => one.kind === "gpu" && one.vendor === "intel");
    // One look alone knows no speeds.
    expect(await card()).toEqual({ kind: "gpu", gpu: "intel0", vendor: "intel", node: "renderD128" });
    nowMs = 2000;
    // Asleep for half a second of two; ten joules; one of two engines busy for a second, seen through two files.
    await plant("intel", {
      "sys/class/drm/card0/gt/gt0/rc6_residency_ms": 1500,
      "sys/devices/0000:00:02.0/hwmon/hwmon1/energy1_input": 15000000,
      "proc/42/fdinfo/5": fdinfo(1e9),
      "proc/42/fdinfo/6": fdinfo(1e9),
    });
    const seen = await card();
    expect(seen?.utilization).toBeCloseTo(0.75);
    expect(seen?.watts).toBeCloseTo(5);
    expect(seen?.encoder).toBeCloseTo(0.25);
  });

  test("leave every card alone where they are told to, and say nothing where there is none", async () => {
    const at = await plant("quiet", amd);
    const asked: unknown[] = [];
    const nvidiaSmi = (args: readonly string[]) => (asked.push(args), Promise.resolve({ ok: true, text: "" }));
    const sensors = createSensors({ sys: join(at, "sys"), nvidiaSmi });
    expect(await sensors.read({ gpu: false, settle: true })).toEqual([]);
    expect(asked).toEqual([]);
    expect(await createSensors({ sys: join(root, "nowhere") }).read()).toEqual([]);
  });
});

test("sensors add up the energy of processors and memory, also where a count starts over", async () => {
  const zone = (nth: string, name: string, uj: number): Tree => ({
    [`sys/class/powercap/intel-rapl:${nth}/name`]: name,
    [`sys/class/powercap/intel-rapl:${nth}/energy_uj`]: uj,
    [`sys/class/powercap/intel-rapl:${nth}/max_energy_range_uj`]: 100_000_000,
  });
  const at = await plant("rapl", {
    ...{ ...zone("0", "package-0", 90_000_000), ...zone("0:0", "core", 1), ...zone("0:2", "dram", 5_000_000) },
    ...{ ...zone("1", "package-1", 0), ...zone("2", "psys", 0) },
  });
  const sensors = createSensors({ sys: join(at, "sys") });
  expect(await sensors.read()).toEqual([{ kind: "cpu", joules: 0 }]);
  await plant("rapl", {
    ...{ ...zone("0", "package-0", 10_000_000), ...zone("0:0", "core", 50_000_000), ...zone("0:2", "dram", 8_000_000) },
    ...{ ...zone("1", "package-1", 7_000_000), ...zone("2", "psys", 90_000_000) },
  });
  // Twenty past the turn, three of memory, seven of the other package; cores and the whole system are no sums of ours.
  expect(await sensors.read()).toEqual([{ kind: "cpu", joules: 30 }]);
});

describe("nvidia-smi", () => {
  const recorded = (name: string) => readFile(join(import.meta.dirname, "sensors", `${name}.csv`), "utf8");
  const [fields = []] = nvidiaFields;

  test("is read with its units", async () => {
    expect(readNvidia(await recorded("t4-and-rtx"), fields)).toEqual([
      {
        ...{
          kind: "gpu",
          gpu: "nvidia0",
          vendor: "nvidia",
          name: "Tesla T4",
          utilization: 0.37,
          encoder: 0.64,
          decoder: 0.12,
        },
        ...{ memory_used_bytes: 1210 * 2 ** 20, memory_bytes: 15360 * 2 ** 20, celsius: 51, watts: 46.18, sessions: 2 },
      },
      {
        ...{
          kind: "gpu",
          gpu: "nvidia1",
          vendor: "nvidia",
          name: "NVIDIA GeForce RTX 3060",
          utilization: 0,
          encoder: 0,
        },
        ...{
          decoder: 0,
          memory_used_bytes: 2 ** 20,
          memory_bytes: 12288 * 2 ** 20,
          celsius: 34,
          watts: 13.02,
          sessions: 0,
        },
      },
    ]);
  });

  test("that does not know a value leaves it unknown, never zero", async () => {
    expect(readNvidia(await recorded("not-supported"), fields)).toEqual([
      {
        kind: "gpu",
        gpu: "nvidia0",
        vendor: "nvidia",
        name: "NVIDIA H200",
        utilization: 0,
        memory_bytes: 143771 * 2 ** 20,
        memory_used_bytes: 4 * 2 ** 20,
        celsius: 29,
        watts: 75.9,
      },
    ]);
  });

  test("that refuses a word is asked more simply, is asked at most every two seconds, and never again if all fails", async () => {
    let nowMs = 0;
    const asked: string[] = [];
    const old = createSensors({
      sys: join(root, "nowhere"),
      nowMs: () => nowMs,
      nvidiaSmi(args) {
        asked.push(args[0] ?? "");
        const ok = !args[0]?.includes("encoder");
        return Promise.resolve({
          ok,
          text: ok ? "0, Quadro K420, 5, 100, 2000, 40" : "Field is not a valid field to query",
        });
      },
    });
    expect(await old.read({ settle: true })).toMatchObject([{ gpu: "nvidia0", utilization: 0.05, celsius: 40 }]);
    await old.read({ settle: true });
    expect(asked).toHaveLength(2);
    nowMs = 2500;
    await old.read({ settle: true });
    expect(asked).toHaveLength(3);

    let tries = 0;
    const dead = createSensors({
      sys: join(root, "nowhere"),
      nowMs: () => (nowMs += 5000),
      nvidiaSmi: () => ((tries += 1), Promise.resolve({ ok: false, text: "" })),
    });
    for (let nth = 0; nth < 4; nth += 1) expect(await dead.read({ settle: true })).toEqual([]);
    expect(tries).toBe(nvidiaFields.length);
  });
});
