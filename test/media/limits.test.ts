import { afterAll, expect, test } from "vitest";
import { firstArgs, inputLimits } from "../../core/media/mod.ts";
import { builds, facts, newFolder, run, scene, x264 } from "./corpus.ts";

const { at, make, remove, write } = newFolder();
afterAll(remove);

const secret = make("secret.ts", [...scene(), "-an", ...x264]);
const disguised = {
  hls: write("hls.mp4", `#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:1,\n${secret}\n#EXT-X-ENDLIST\n`),
  concat: write("concat.mp4", "ffconcat version 1.0\nfile secret.ts\n"),
  playlist: write("open.m3u8", `#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:1,\n${secret}\n#EXT-X-ENDLIST\n`),
};

function framesOf(ffmpeg: string, path: string, limits: readonly string[]): number {
  const { stdout } = run(ffmpeg, ["-v", "error", ...limits, "-i", `file:${path}`, "-f", "framecrc", "-"]);
  return stdout.split("\n").filter((line) => /^\d/.test(line)).length;
}

test.each(builds)("inputLimits keep one file from opening another, on $version", ({ ffmpeg }) => {
  expect(framesOf(ffmpeg, disguised.playlist, [])).toBe(25);
  expect(framesOf(ffmpeg, disguised.concat, [])).toBe(25);
  for (const path of Object.values(disguised)) expect(framesOf(ffmpeg, path, inputLimits), path).toBe(0);
  expect(framesOf(ffmpeg, secret, inputLimits)).toBe(25);
});

test.each(builds)("inputLimits name formats that ffmpeg $version knows", ({ ffmpeg }) => {
  const listed = run(ffmpeg, ["-hide_banner", "-demuxers"]).stdout.matchAll(/^ D\S* +(\S+)/gm);
  const known = new Set([...listed].flatMap(([, names = ""]) => names.split(",")));
  const wanted = inputLimits[inputLimits.indexOf("-format_whitelist") + 1]?.split(",") ?? [];
  // Newer than 5.1.
  expect(wanted.filter((name) => !known.has(name) && name !== "vvc")).toEqual([]);
  for (const name of ["hls", "dash", "concat", "lavfi", "image2", "srt", "ass", "tty", "sdp"]) {
    expect(wanted).not.toContain(name);
  }
});

test("firstArgs() hand over odd names as they are", () => {
  for (const name of ["-x.mp4", "a:b.mp4", "100%d.mp4", "it's.mp4"]) {
    const path = make(`from-${name}`, ["-i", secret, "-c", "copy"]);
    expect(firstArgs(facts(path))).toContain(`file:${at(`from-${name}`)}`);
    for (const { ffmpeg } of builds)
      expect(run(ffmpeg, firstArgs(facts(path))).stderr, name).toContain("Input #0, mov");
  }
});
