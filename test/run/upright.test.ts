import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { orient, orientations } from "../support/display.ts";
import { builds, ffmpeg } from "../support/ffmpeg.ts";
import { makeStudio, psnr, type Studio } from "../support/studio.ts";

/** A player's own idea of upright, as filters. */
const byHand: Readonly<Record<keyof typeof orientations, string>> = {
  upright: "null",
  "turned by 90": "transpose=clock",
  "turned by 180": "hflip,vflip",
  "turned by 270": "transpose=cclock",
  "flipped left to right": "hflip",
  "flipped top to bottom": "vflip",
  transposed: "transpose=cclock_flip",
  transversed: "transpose=clock_flip",
};
const names = Object.keys(orientations) as (keyof typeof orientations)[];

describe.each(builds)("by the $name ffmpeg", ({ path }) => {
  let studio: Studio;

  beforeAll(async () => {
    studio = await makeStudio(path);
    const encode = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"];
    // It begins with black, which looks the same whichever way it is turned.
    const picture = "testsrc2=s=128x96:r=10:d=1.5,drawbox=t=fill:enable='lt(t,0.8)'";
    await ffmpeg(["-f", "lavfi", "-i", picture, ...encode, "-g", "5", studio.path("plain.mp4")]);
    await Promise.all(
      names.map((one, nth) => orient(studio.path("plain.mp4"), studio.path(`in${nth}.mp4`), orientations[one])),
    );
  });
  afterAll(() => studio.remove());

  test("a picture stands upright whatever its display matrix says, and nothing turns it again", async () => {
    const { report } = await studio.render(
      [
        "version: 1",
        'inputs: { clips: "in*.mp4" }',
        "stages:",
        "  - id: web",
        '    export: { output: "out/${input}.mp4", video: { codec: h264, effort: fastest, crf: 10 } }',
      ].join("\n"),
    );
    expect(report.state).toBe("done");
    for (const [nth, one] of names.entries()) {
      const output = await studio.read(`out/in${nth}.mp4`);
      expect(output.video).toMatchObject({ rotation: 0 });
      expect(output.video).not.toHaveProperty("mirrored");
      const expected = studio.frame("plain.mp4", { nth: 12, filter: byHand[one] });
      const found = studio.frame(`out/in${nth}.mp4`, { nth: 12 });
      expect(`${one} ${psnr(found, expected) > 35}`).toBe(`${one} true`);
    }
  });
});
