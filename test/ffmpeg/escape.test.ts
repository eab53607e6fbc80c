import { existsSync, linkSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isVendueError } from "../../core/errors.ts";
import { concatEntry, filterValue, inputPath, metadataValue, outputPath } from "../../core/ffmpeg/escape.ts";
import { builds, ffmpeg, nasty } from "./builds.ts";

const folder = mkdtempSync(join(tmpdir(), "escape-"));
const seed = join(folder, "seed.mkv");
afterAll(() => rmSync(folder, { recursive: true }));
beforeAll(() => {
  ffmpeg(builds[0]?.path ?? "ffmpeg", ["-f", "lavfi", "-i", "testsrc2=size=64x64:rate=25", "-frames:v", "1", seed]);
});

/** Whole texts, and texts made of little else than what is special to somebody. */
const text = fc
  .oneof(
    fc.string({ unit: "binary", maxLength: 12 }),
    fc.string({ unit: fc.constantFrom(...Array.from(" \t\r\n\\'\":=,;[]#%{}@|-a~é")), maxLength: 12 }),
  )
  .filter((one) => !one.includes("\0"));

/** Many texts to a process, because starting one is what costs. */
const texts = fc.array(text, { minLength: 30, maxLength: 60 });
const pace = { numRuns: 12, interruptAfterTimeLimit: 4000, markInterruptAsFailure: false } as const;

/** Names as a folder takes them. */
const names = fc.uniqueArray(
  text.map((name) => name.replaceAll("/", "|")).filter((name) => !["", ".", ".."].includes(name)),
  { minLength: 8, maxLength: 16 },
);

test.each([
  ["plain", "plain"],
  ["it's", String.raw`it\\\'s`],
  ["a:b", String.raw`a\\:b`],
  ["a\\b", String.raw`a\\\\b`],
  ["[x],y;", String.raw`\[x\]\,y\;`],
  [" x ", String.raw`\\ x\\\ `],
  ["", ""],
])("filterValue(%j) is %j", (value, escaped) => {
  expect(filterValue(value)).toBe(escaped);
});

test("inputPath() and outputPath() put the protocol in front", () => {
  expect(inputPath("/media/http:evil -i.mp4")).toBe("file:/media/http:evil -i.mp4");
  expect(outputPath("/media/%d.mp4")).toBe("file:/media/%d.mp4");
});

test.each([inputPath, outputPath, concatEntry])("%o refuses paths that depend on where we stand, and NUL", (make) => {
  for (const path of ["", "talk.mp4", "./talk.mp4", "http://host/talk.mp4", "-i.mp4", "/media/a\0b.mp4"]) {
    expect(codeOf(() => make(path))).toBe("USAGE");
  }
});

test.each(["/media/two\nlines.mp4", "/media/a\rb.mp4", "/media/tab\t.mp4", "/media/\x7f.mp4"])(
  "concatEntry(%j) is refused, because a list cannot hold it",
  (path) => {
    expect(codeOf(() => concatEntry(path))).toBe("INPUT_REFUSED");
  },
);

test("concatEntry() closes and reopens the quotes around a quote", () => {
  expect(concatEntry("/media/it's.mp4")).toBe(String.raw`file 'file:/media/it'\''s.mp4'`);
});

test("metadataValue() keeps a line from being a comment or a section", () => {
  expect(metadataValue("#a;b=c\n[CHAPTER]\\")).toBe("\\#a\\;b\\=c\\\n\\[CHAPTER]\\\\\0");
});

describe.each(builds)("on ffmpeg $version", { timeout: 20_000 }, ({ path: program }) => {
  test("filterValue() comes back equal from a real filter", () => {
    expectFiltered(nasty);
    fc.assert(fc.property(texts, expectFiltered), pace);
  });

  test("filterValue() names the file that a filter opens", () => {
    expectOpened(nasty);
    fc.assert(fc.property(names, expectOpened), pace);
  });

  test("metadataValue() comes back equal from a real file", () => {
    expectMetadata(nasty);
    fc.assert(fc.property(texts, expectMetadata), pace);
  });

  test("inputPath() and outputPath() open and write the file of that very name", () => {
    expectFiles(nasty);
    fc.assert(fc.property(names, expectFiles), pace);
  });

  test("concatEntry() is read as that very file by the concat demuxer", () => {
    expectList(nasty);
    fc.assert(fc.property(names, expectList), pace);
  });

  test.each(["mp4", "mov", "mkv", "webm", "ts"])(
    "outputPath() keeps %%d literal in names that end in .%s",
    (ending) => {
      const at = join(newFolder(), `%d %03d.${ending}`);
      const codec = ending === "webm" ? ["-c:v", "libvpx-vp9"] : ["-c:v", "libx264"];
      const { stderr } = ffmpeg(program, ["-i", inputPath(seed), ...codec, outputPath(at)]);
      expect({ stderr, exists: existsSync(at) }).toEqual({ stderr: "", exists: true });
    },
  );

  /** Each text is a tag of its own on one frame, and the filter that prints tags must say the same. */
  function expectFiltered(values: readonly string[]) {
    const tags = values.map((value, index) => `metadata=mode=add:key=k${index}:value=${filterValue(value)}`);
    const graph = ["color=size=16x16:rate=1:duration=1", ...tags, "metadata=mode=print:file=-"].join(",");
    const { stdout, stderr } = ffmpeg(program, ["-filter_complex", `${graph}[v]`, "-map", "[v]", "-f", "null", "-"]);
    const printed = values.map((value, index) => `k${index}=${value}\n`).join("");
    expect({ stderr, tags: stdout.slice(stdout.indexOf("\n") + 1) }).toEqual({ stderr: "", tags: printed });
  }

  function expectOpened(files: readonly string[]) {
    const at = newFolder();
    files.forEach((name) => linkSync(seed, join(at, name)));
    const movies = files.map((name, index) => `movie=filename=${filterValue(inputPath(join(at, name)))}[v${index}]`);
    const outputs = files.flatMap((_, index) => ["-map", `[v${index}]`, "-f", "null", "-"]);
    const { stderr, status } = ffmpeg(program, ["-filter_complex", movies.join(";"), ...outputs]);
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  }

  function expectMetadata(values: readonly string[]) {
    const file = join(newFolder(), "tags.txt");
    const lines = values.map((value, index) => `k${index}=${metadataValue(value)}`);
    writeFileSync(file, [";FFMETADATA1", ...lines, ""].join("\n"));
    const { stdout } = ffmpeg(program, ["-f", "ffmetadata", "-i", inputPath(file), "-f", "ffmetadata", "-"]);
    expect(unescapeTags(stdout)).toEqual(Object.fromEntries(values.map((value, index) => [`k${index}`, value])));
  }

  function expectFiles(files: readonly string[]) {
    const [from, to] = [newFolder(), newFolder()];
    files.forEach((name) => linkSync(seed, join(from, name)));
    const inputs = files.flatMap((name) => ["-i", inputPath(join(from, name))]);
    const outputs = files.flatMap((name, index) => {
      return ["-map", String(index), "-c", "copy", "-f", "matroska", outputPath(join(to, name))];
    });
    const { stderr } = ffmpeg(program, [...inputs, ...outputs]);
    expect({ stderr, written: readdirSync(to).sort() }).toEqual({ stderr: "", written: readdirSync(from).sort() });
  }

  function expectList(files: readonly string[]) {
    const at = newFolder();
    const listable = files.filter((name) => !/\p{Cc}/u.test(name));
    const paths = listable.map((name) => join(at, name));
    paths.forEach((path) => linkSync(seed, path));
    const list = join(newFolder(), "list.txt");
    writeFileSync(list, ["ffconcat version 1.0", ...paths.map(concatEntry), ""].join("\n"));
    const args = ["-f", "concat", "-safe", "0", "-i", inputPath(list), "-c", "copy", "-f", "framecrc", "-"];
    const { stdout, stderr } = ffmpeg(program, args);
    const frames = stdout.split("\n").filter((line) => line.startsWith("0,")).length;
    expect({ stderr, frames }).toEqual({ stderr: "", frames: paths.length });
  }
});

function newFolder(): string {
  return mkdtempSync(join(folder, "case-"));
}

function codeOf(act: () => unknown): string | undefined {
  try {
    act();
  } catch (error) {
    return isVendueError(error) ? error.code : String(error);
  }
  return undefined;
}

/** What ffmpeg wrote, read without the code under test. */
function unescapeTags(written: string): Record<string, string> {
  const lines = written.match(/(?:\\[^]|[^\\\n])+/g) ?? [];
  return Object.fromEntries(
    lines.flatMap((line) => {
      const [, key, value = ""] = /^(k\d+)=([^]*)$/.exec(line) ?? [];
      return key === undefined ? [] : [[key, value.replace(/\\([^])/g, "$1")]];
    }),
  );
}
