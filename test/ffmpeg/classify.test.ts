import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { classify, isAmbiguous, isDeviceFailure } from "../../core/ffmpeg/classify.ts";
import { inputPath, outputPath } from "../../core/ffmpeg/escape.ts";
import { rules } from "../../core/ffmpeg/rules.ts";
import { builds, ffmpeg, nasty } from "./builds.ts";
import { classifySample, readSample, reads, samples, writes } from "./samples.ts";

const cpu = { reads: ["/media/talk.mp4"], writes: ["/media/out.mp4"], exitCode: 1, accel: false };
const gpu = { ...cpu, accel: true };
const folder = mkdtempSync(join(tmpdir(), "classify-"));
afterAll(() => rmSync(folder, { recursive: true }));

test.each(samples)("classify() of %s", (name, exitCode, code, retry, line) => {
  expect(classifySample(name, exitCode)).toMatchObject({ code, retry, line });
});

test("classify() has a sample for every rule, and an expectation for every sample", () => {
  const decided = new Set(samples.map(([name, exitCode]) => classifySample(name, exitCode).rule));
  const untried = rules.filter(({ name, accel }) => accel !== false && !decided.has(name));
  expect(untried.map(({ name }) => name)).toEqual([]);
  const files = readdirSync(new URL("stderr", import.meta.url)).filter((name) => name.endsWith(".txt"));
  expect(files.sort()).toEqual(samples.map(([name]) => `${name}.txt`).sort());
});

test("classify() follows the rows of the catalogue in order, but for what counts only when nothing else does", () => {
  const rows = rules.map(({ row }) => row);
  expect(rows.filter((row, index) => row < (rows[index - 1] ?? 0))).toEqual([10, 5]);
});

test("classify() does not read file names as messages", () => {
  const said = samples.map(([, , , , line]) => line).filter((line) => !line.includes("/"));
  const words = fc.constantFrom(
    ...said,
    ...nasty,
    "a\n[error] No space left on device",
    "[h264 @ 0x1] [error] GPU is lost",
  );
  const name = fc.array(words, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(" ").replaceAll("/", "|"));
  const known = samples.filter(([sample]) => !sample.startsWith("fact-"));
  fc.assert(
    fc.property(name, fc.constantFrom(...known), (evil, [sample, exitCode]) => {
      const disguise = (text: string) => text.replaceAll("/media/", `/media/${evil}/`);
      const context = { reads: reads.map(disguise), writes: writes.map(disguise), exitCode, accel: true };
      const { code, retry, rule } = classifySample(sample, exitCode);
      expect(classify(disguise(readSample(sample)), context)).toMatchObject({ code, retry, rule });
    }),
  );
});

test("classify() tells a path that begins like another one from it", () => {
  const context = { ...cpu, reads: ["/media/talk"], writes: ["/media/talk.mp4"] };
  expect(classify("file:/media/talk.mp4: Permission denied", context).code).toBe("OUTPUT_UNWRITABLE");
  expect(classify("file:/media/talk: Permission denied", context).code).toBe("INPUT_MISSING");
});

test("classify() does not believe what a file says of itself", () => {
  const told = "[info]     title           : one\n                    : No space left on device";
  const keyed = "[info]     key\nNo space left on device: value";
  const cause = "[h264_nvenc @ 0x55d0c0de] [error] Cannot load libcuda.so.1";
  expect(classify([told, keyed, cause].join("\n"), gpu).code).toBe("DEVICE_MISSING");
  expect(classify(keyed, { ...gpu, exitCode: 139 }).code).toBe("CRASHED");
});

test("classify() answers one line, with the path as people write it", () => {
  const path = "/media/two\nlines.mp4";
  const { code, line } = classify(`[error] file:${path}: No such file or directory`, { ...cpu, reads: [path] });
  expect({ code, line }).toEqual({ code: "INPUT_MISSING", line: "/media/two?lines.mp4: No such file or directory" });
});

test.each(["5.1-moov-missing", "7.0-moov-missing"])("classify() of %s names the file in the hint", (name) => {
  expect(classifySample(name, 1).hint).toMatch(/: \/media\/short\.mp4$/);
});

test("classify() blames the graph, not the decoder, for a wrong surface where no device takes part", () => {
  const stderr = readSample("7.0-formats-impossible");
  expect(classify(stderr, gpu).code).toBe("DECODE_REFUSED");
  expect(classify(stderr, cpu).code).toBe("ARGS_REJECTED");
});

test.each([
  [{ exitCode: null, signal: "SIGSEGV" }, "CRASHED", "next-bid", "ffmpeg was ended by SIGSEGV"],
  [{ exitCode: null, signal: "SIGABRT" }, "CRASHED", "next-bid", "ffmpeg was ended by SIGABRT"],
  [{ exitCode: null, signal: "SIGBUS" }, "CRASHED", "next-bid", "ffmpeg was ended by SIGBUS"],
  [{ exitCode: 139 }, "CRASHED", "next-bid", "ffmpeg was ended by SIGSEGV"],
  [{ exitCode: 0xc0000005 }, "CRASHED", "next-bid", "ffmpeg ended with exit code 0xc0000005"],
  [{ exitCode: null, signal: "SIGKILL" }, "CRASHED", "next-bid", "ffmpeg was ended by SIGKILL"],
  [{ exitCode: 137 }, "CRASHED", "next-bid", "ffmpeg was ended by SIGKILL"],
  [{ exitCode: 153 }, "DISK_FULL", "never", "ffmpeg was ended by SIGXFSZ"],
  [{ exitCode: null, signal: "SIGTERM" }, "UNKNOWN", "next-bid", "ffmpeg was ended by SIGTERM"],
  [{ exitCode: 187 }, "UNKNOWN", "next-bid", "ffmpeg ended with exit code 187"],
  [{ exitCode: null, signal: null }, "UNKNOWN", "next-bid", "ffmpeg ended without an exit code"],
] as const)("classify() of silence and %o is %s", (ending, code, retry, line) => {
  expect(classify("", { ...gpu, ...ending })).toMatchObject({ code, retry, line });
  expect(classify("[info] Press [q] to stop\n", { ...gpu, ...ending })).toMatchObject({ code, retry, line });
});

test("classify() says what may have killed it from outside", () => {
  expect(classify("", { ...cpu, exitCode: 137 }).hint).toMatch(/memory/);
});

test("classify() takes words over a crash, unless the words are of broken frames", () => {
  const crash = { ...gpu, exitCode: null, signal: "SIGSEGV" };
  expect(classify(readSample("fact-cuda-illegal-address"), crash).code).toBe("DEVICE_LOST");
  expect(classify(readSample("7.0-decode-failed"), crash).code).toBe("CRASHED");
});

test("classify() takes the scheduler's words only where there are no others", () => {
  const noise = "[vf#0:0 @ 0x55d0c0de] [error] Task finished with error code: -22 (Invalid argument)";
  expect(classify(`${noise}\n[foo @ 0x55d0c0de] [warning] bar is odd`, cpu).line).toBe("bar is odd");
  expect(classify(noise, cpu).line).toBe("Task finished with error code: -22 (Invalid argument)");
});

test("classify() takes Windows line ends and addresses", () => {
  const stderr = "[h264_amf @ 000001F2a8c3] [error] DLL amfrt64.dll failed to open\r\n";
  expect(classify(stderr, gpu)).toMatchObject({ code: "DEVICE_MISSING", line: "DLL amfrt64.dll failed to open" });
});

test("isAmbiguous() holds where only decoding on the CPU can tell", () => {
  const ambiguous = samples.filter(([name, exitCode]) => isAmbiguous(classifySample(name, exitCode)));
  expect(ambiguous.map(([name]) => name)).toEqual([
    "5.1-container-refused",
    "5.1-decode-failed",
    "5.1-decode-strict",
    "5.1-odd-size",
    "5.1-subtitles-missing",
    "7.0-container-refused",
    "7.0-decode-failed",
    "7.0-decode-strict",
    "7.0-odd-size",
    "7.0-subtitles-missing",
  ]);
});

test("isDeviceFailure() spares devices that are busy or lack a feature", () => {
  const codes = [...new Set(samples.map(([, , code]) => code)), "CRASHED", "STALLED"] as const;
  expect(codes.filter(isDeviceFailure).sort()).toEqual([
    "CRASHED",
    "DEVICE_LOST",
    "DEVICE_MEMORY",
    "DEVICE_MISSING",
    "STALLED",
  ]);
});

describe.each(builds)("on ffmpeg $version", { timeout: 20_000 }, ({ path: program }) => {
  const run = (read: string, write: string) => {
    const args = ["-v", "repeat+level+info", "-i", inputPath(read), outputPath(write)];
    const { stderr, status } = ffmpeg(program, args);
    return classify(stderr, { reads: [read], writes: [write], exitCode: status, accel: true });
  };

  test.each([...nasty, "/dev/null: Permission denied", "Unknown encoder '", "a\n[error] No space left on device"])(
    "classify() finds that %j is missing",
    (name) => {
      const { code, retry } = run(join(folder, `${name}.mp4`), join(folder, "No space left on device.mp4"));
      expect({ code, retry }).toEqual({ code: "INPUT_MISSING", retry: "never" });
    },
  );

  test("classify() is not fooled by a path so long that ffmpeg cuts it in two", () => {
    const deep = join(folder, ..."abcde".split("").map((letter) => letter.repeat(200)));
    for (let length = 1; length < 60; length += 6) {
      const name = `${"x".repeat(length)} No space left on device GPU is lost.mp4`;
      expect(["DISK_FULL", "DEVICE_LOST"]).not.toContain(run(join(deep, name), join(folder, "out.mp4")).code);
    }
  });
});
