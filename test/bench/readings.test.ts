import { expect, test } from "vitest";
import {
  mediaSec,
  readCounters,
  readDrmClient,
  readNvidia,
  readShellTimes,
  readUsage,
} from "../../bench/readings/mod.ts";

test("readUsage() reads the account of 5.1 and of 7.0 alike", () => {
  const old = "[info] bench: utime=0.002s stime=0.001s rtime=0.008s\n[info] bench: maxrss=50908kB\n";
  expect(readUsage(old)).toEqual({ cpuSec: 0.003, peakBytes: 50908 * 1024 });
  const now = "bench: utime=1.250s stime=0.250s rtime=2.016s\nbench: maxrss=61076KiB\n";
  expect(readUsage(now)).toEqual({ cpuSec: 1.5, peakBytes: 61076 * 1024 });
});

test("readUsage() says that there is none where ffmpeg was silent", () => {
  expect(readUsage("nothing")).toMatchObject({ cpuSec: { notMeasured: expect.stringContaining("-benchmark") } });
});

test("readShellTimes() takes the line of the children", () => {
  expect(readShellTimes("noise\n0m0.01s 0m0.00s\n1m2.500000s 0m0.250000s\n")).toBe(62.75);
  expect(readShellTimes("")).toMatchObject({ notMeasured: expect.any(String) });
});

test("readCounters() reads pressure, steal and load, and is plain about what is missing", () => {
  const pressure = "some avg10=1.00 avg60=2.00 avg300=3.00 total=123456\nfull avg10=0.00 total=99\n";
  const stat = "cpu  1 2 3 4 5 6 7 42 0 0\ncpu0 1\n";
  expect(readCounters({ pressure, stat, loadavg: "1.50 1 1 1/2 3\n" })).toEqual({
    waitedUs: 123456,
    stolen: 42,
    load: 1.5,
  });
  expect(readCounters({ pressure: "", stat: "", loadavg: "" })).toMatchObject({
    waitedUs: { notMeasured: expect.any(String) },
    stolen: { notMeasured: expect.any(String) },
  });
});

test("mediaSec() counts media engines only, and each client once", () => {
  const intel =
    "drm-driver:\ti915\ndrm-pdev:\t0000:00:02.0\ndrm-client-id:\t7\ndrm-engine-render:\t9000000000 ns\ndrm-engine-video:\t1500000000 ns\n";
  const amd = "drm-pdev:\t0000:03:00.0\ndrm-client-id:\t7\ndrm-engine-gfx:\t5 ns\ndrm-engine-enc:\t500000000 ns\n";
  const clients = [intel, intel, amd].flatMap((text) => readDrmClient(text) ?? []);
  expect(mediaSec(clients)).toBe(2);
  expect(readDrmClient("pos:\t0\nflags:\t02\n")).toBeUndefined();
});

test("readNvidia() tells a card that holds itself back from one that is idle", () => {
  const text = [
    "GPU-1, 35, 0, 71.20, 1545, 0x0000000000000001",
    "GPU-1, 90, 12, 250.00, 1200, 0x0000000000000004",
    "GPU-2, [N/A], [N/A], [N/A], [N/A], [N/A]",
    "not a row",
  ].join("\n");
  expect(readNvidia(text)).toEqual([
    { uuid: "GPU-1", encoderPercent: 35, decoderPercent: 0, powerW: 71.2, videoMhz: 1545, throttled: false },
    { uuid: "GPU-1", encoderPercent: 90, decoderPercent: 12, powerW: 250, videoMhz: 1200, throttled: true },
    { uuid: "GPU-2" },
  ]);
});
