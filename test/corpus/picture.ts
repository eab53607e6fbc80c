import { readFile, rm, writeFile } from "node:fs/promises";
import { expect } from "vitest";
import { orient, orientations } from "../support/display.ts";
import { anyBuild, ffmpeg } from "../support/ffmpeg.ts";
import { makeHdr } from "../support/light.ts";
import { frameOf, psnr } from "../support/studio.ts";
import type { Made, Row } from "./row.ts";
import { picture, scene, sound } from "./scene.ts";

const bt709 = "bt709/bt709/bt709/tv";
const old = "smpte170m/smpte170m/smpte170m/tv";

/** The whole picture with bars, as a player shows it on a screen of this size; ffmpeg turns it upright by itself. */
const fitted = "scale=160:90:force_original_aspect_ratio=decrease,pad=160:90:-1:-1";

/** Holds a frame of the cut against the same moment of the source, as somebody else's filters show it. */
function looksLike(filter = fitted, leastDb = 20): NonNullable<Row["check"]> {
  const small = "format=gbrp,scale=40:22:flags=area";
  return ({ part, path, source }: Made) => {
    if (part !== "joined") return;
    const [found, expected] = [
      frameOf(anyBuild, path, { nth: 12, filter: small }),
      frameOf(anyBuild, source, { nth: 22, filter: `${filter},${small}` }),
    ];
    expect(psnr(found, expected)).toBeGreaterThan(leastDb);
  };
}

function turned(how: keyof typeof orientations): Row["make"] {
  return async (path) => {
    await ffmpeg([...scene({ size: "96x128" }), ...picture, ...sound, `${path}.mp4`]);
    await orient(`${path}.mp4`, path, orientations[how]);
    await rm(`${path}.mp4`);
  };
}

/** Soft shapes that move sideways, in fields of two moments. */
function fields(mode: string, order: "tff" | "bff"): readonly string[] {
  const moving = "testsrc2=s=320x180:r=50:d=2,gblur=sigma=4,crop=160:96:x=80+70*sin(t*4):y=42";
  const [, , , ...tone] = scene();
  return [
    ...["-f", "lavfi", "-i", `${moving},tinterlace=mode=${mode},format=yuv420p`, ...tone.slice(1)],
    ...[...picture, "-flags", "+ildct+ilme", "-x264-params", `${order}=1`, ...sound],
  ];
}

async function hdr(path: string, kind: "pq" | "hlg"): Promise<void> {
  await makeHdr(`${path}.mp4`, kind);
  const [, , , , ...tone] = scene();
  await ffmpeg([
    "-stream_loop",
    "1",
    "-i",
    `${path}.mp4`,
    ...tone,
    "-map",
    "0:v",
    "-map",
    "1:a",
    "-c:v",
    "copy",
    ...sound,
    path,
  ]);
  await Promise.all([rm(`${path}.mp4`), rm(`${path}.mp4.raw`)]);
}

/** A transport stream whose second half has another size and other pixels. */
async function switching(path: string): Promise<void> {
  const part = async (name: string, filter: string, startSec: number) => {
    const x264 = ["-c:v", "libx264", "-preset", "ultrafast", "-bf", "0", "-g", "5"];
    const source = ["-f", "lavfi", "-i", `testsrc2=s=160x90:r=25:d=1,${filter}`, "-f", "lavfi", "-i", "sine=d=1"];
    await ffmpeg([...source, ...x264, ...sound, "-output_ts_offset", String(startSec), `${path}.${name}.ts`]);
    return readFile(`${path}.${name}.ts`);
  };
  const parts = [await part("a", "format=yuv420p", 0), await part("b", "scale=80:46,format=yuv422p", 1)];
  await writeFile(path, Buffer.concat(parts));
  await Promise.all(["a", "b"].map((name) => rm(`${path}.${name}.ts`)));
}

/** Odd in their picture. */
export const pictureRows: readonly Row[] = [
  { name: "turned by 90 degrees", file: "turned.mp4", make: turned("turned by 90"), check: looksLike() },
  { name: "flipped and turned", file: "flipped.mp4", make: turned("transposed"), check: looksLike() },
  {
    name: "interlaced, upper lines first",
    file: "top.mp4",
    make: fields("interleave_top", "tff"),
    check: looksLike(),
  },
  {
    name: "interlaced, lower lines first",
    file: "bottom.mp4",
    make: fields("interleave_bottom", "bff"),
    check: looksLike(),
  },
  {
    name: "HDR10",
    file: "pq.mp4",
    make: (path) => hdr(path, "pq"),
    joined: { color: bt709, pixels: "yuv420p", warns: [/tone-mapped/] },
  },
  {
    name: "HLG",
    file: "hlg.mp4",
    make: (path) => hdr(path, "hlg"),
    joined: { color: bt709, pixels: "yuv420p", warns: [/tone-mapped/] },
  },
  {
    name: "ten bits of 4:2:2",
    file: "deep.mkv",
    make: [...scene(), "-c:v", "ffv1", "-pix_fmt", "yuv422p10le", ...sound],
    joined: { pixels: "yuv420p" },
    check: looksLike(),
  },
  {
    name: "odd size",
    file: "odd.mkv",
    make: [...scene({ size: "161x91" }), "-c:v", "ffv1", "-pix_fmt", "yuv444p", ...sound],
    check: looksLike("scale=160:90"),
  },
  {
    name: "pixels that are not square",
    file: "wide.mp4",
    make: [...scene({ size: "120x90" }), "-vf", "setsar=4/3", ...picture, ...sound],
    check: looksLike("scale=160:90"),
  },
  {
    name: "transparent",
    file: "alpha.mov",
    make: [...scene(), "-vf", "format=argb,colorchannelmixer=aa=0.5", "-c:v", "qtrle", ...sound],
    joined: { pixels: "yuv420p" },
    check: looksLike("format=rgb24,colorchannelmixer=rr=0.5:gg=0.5:bb=0.5"),
  },
  {
    name: "full range",
    file: "full.mp4",
    make: [
      ...scene(),
      "-vf",
      "scale=out_color_matrix=bt709:out_range=pc",
      ...picture,
      "-color_range",
      "pc",
      "-colorspace",
      "bt709",
      ...sound,
    ],
    joined: { color: old },
    check: looksLike(),
  },
  { name: "size and pixels that change on the way", file: "switch.ts", make: switching, check: looksLike() },
];
