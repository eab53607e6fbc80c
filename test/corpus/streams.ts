import { open, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { expect } from "vitest";
import { anyBuild, ffmpeg } from "../support/ffmpeg.ts";
import { pictureSubtitles } from "./pgs.ts";
import type { Row } from "./row.ts";
import { picture, scene, sound } from "./scene.ts";

/** Without the priming that Matroska keeps of AAC. */
const flac = ["-c:a", "flac"];
const clip = [...scene(), ...picture, ...sound];

/** Three texts: one before the cut's end points, one across the first, one across the second. */
const words = `1
00:00:00,100 --> 00:00:00,300
Before

2
00:00:00,350 --> 00:00:00,900
Two
lines

3
00:00:01,200 --> 00:00:01,900
<i>Last</i>
`;

const chapterFile = `;FFMETADATA1
title=Odd
artist=Somebody
[CHAPTER]
TIMEBASE=1/1000
START=0
END=800
title=First; and = odd
[CHAPTER]
TIMEBASE=1/1000
START=800
END=2000
title=Second
`;

/** A file of text beside the clip, under its name. */
async function beside(path: string, extension: string, content: string | Uint8Array): Promise<string> {
  const file = join(dirname(path), `beside.${extension}`);
  await writeFile(file, content);
  return file;
}

async function half(path: string, share = 0.5): Promise<void> {
  const { size } = await stat(path);
  const file = await open(path, "r+");
  await file.truncate(Math.round(size * share));
  await file.close();
}

/** What a file's first track of text says, with the time of each text from the first picture on. */
async function cuesOf(path: string): Promise<readonly string[]> {
  const { stdout } = await execa(anyBuild, ["-v", "error", "-i", path, "-map", "0:s:0", "-f", "srt", "-"]);
  const cues = stdout.matchAll(/00:00:(\d\d),(\d{3}) --> [^\n]*\n([^]*?)(?=\r?\n\r?\n|$)/g);
  return [...cues].map(
    ([, sec, ms, text = ""]) =>
      `${(Math.round(Number(`${sec}.${ms}`) * 20) / 20).toFixed(2)} ${text
        .replace(/<[^>]*>/g, "")
        .replace(/\s+/g, " ")
        .trim()}`,
  );
}

/** The frames of the first thirty that show something white, as ranges. */
async function brightSpans(path: string): Promise<readonly (readonly [number, number])[]> {
  const print = "signalstats,metadata=print:key=lavfi.signalstats.YMAX";
  const { stderr } = await execa(anyBuild, [
    "-i",
    path,
    "-map",
    "0:v:0",
    "-vf",
    print,
    "-frames:v",
    "30",
    "-f",
    "null",
    "-",
  ]);
  const white = [...stderr.matchAll(/YMAX=(\d+)/g)].slice(0, 30).map(([, luma]) => Number(luma) > 60);
  const starts = white.flatMap((on, nth) => (on && !white[nth - 1] ? [nth] : []));
  return starts.map((from) => {
    const until = white.indexOf(false, from);
    return [from, until < 0 ? white.length : until];
  });
}

/** When subtitles of pictures change, to the twentieth of a second. */
async function changesOf(path: string): Promise<readonly number[]> {
  const { stdout } = await execa(anyBuild, [
    "-v",
    "error",
    "-i",
    path,
    "-map",
    "0:s:0",
    "-c",
    "copy",
    "-f",
    "framecrc",
    "-",
  ]);
  return [...stdout.matchAll(/^0, *(-?\d+)/gm)].map(([, ms]) => Math.round(Number(ms) / 50) / 20);
}

/** Containers that are odd, and streams that are neither picture nor sound. */
export const streamRows: readonly Row[] = [
  {
    name: "fragmented mp4",
    file: "clip.mp4",
    make: [...clip, "-movflags", "+frag_keyframe+delay_moov+default_base_moof"],
  },
  {
    name: "mp4 that was cut off before its index",
    file: "clip.mp4",
    async make(path) {
      await ffmpeg([...clip, path]);
      await half(path);
    },
    refused: { code: "INPUT_CORRUPT", words: /cannot be read: moov atom not found/ },
  },
  {
    name: "mp4 that was cut off behind its index",
    file: "clip.mp4",
    async make(path) {
      await ffmpeg([...scene({ sec: 4 }), ...picture, "-g", "10", ...sound, "-movflags", "+faststart", path]);
      await half(path, 0.7);
    },
    joined: { warns: [/was cut off: it holds 2\.\d of 4\.0 s/] },
  },
  {
    name: "empty file",
    file: "clip.mp4",
    make: (path) => writeFile(path, ""),
    refused: { code: "INPUT_CORRUPT", words: /is empty/ },
  },
  {
    name: "text with the name of a clip",
    file: "clip.mp4",
    make: (path) => writeFile(path, "This is no video.\n".repeat(100)),
    refused: { code: "INPUT_CORRUPT", words: /cannot be read/ },
  },
  {
    name: "chapters and tags",
    file: "clip.mkv",
    async make(path) {
      const file = await beside(path, "txt", chapterFile);
      const inputs = ["-i", file, "-map", "0", "-map", "1", "-map_metadata", "2", "-map_chapters", "2"];
      const born = ["-metadata", "creation_time=2020-01-02T03:04:05Z", "-metadata", "location=+52.5000+013.4000/"];
      await ffmpeg([...scene(), ...inputs, ...born, ...picture, ...flac, path]);
    },
    joined: { chapters: ["0.000 First; and = odd", "0.400 Second"], tags: { title: undefined, location: undefined } },
    whole: {
      chapters: ["0.000 First; and = odd", "0.800 Second"],
      tags: { title: "Odd", artist: "Somebody", creation_time: "2020-01-02T03:04:05.000000Z", location: undefined },
    },
    but: { ts: { chapters: [], tags: {}, warns: [/2 chapter\(s\) dropped: ts holds none/] } },
  },
  {
    name: "chapters and tags, location kept",
    file: "clip.mp4",
    make: [...scene(), "-metadata", "location=+52.5000+013.4000/", ...picture, ...sound],
    exports: "location: keep",
    containers: ["mp4", "mov", "mkv"],
    joined: { tags: { location: undefined } },
    whole: { tags: { location: "+52.5000+013.4000/" } },
  },
  {
    name: "subtitles of text",
    file: "clip.mkv",
    async make(path) {
      const file = await beside(path, "srt", words);
      const labels = [
        "-metadata:s:s:0",
        "language=ger",
        "-metadata:s:s:0",
        "title=Deutsch",
        "-disposition:s:0",
        "default+forced",
      ];
      await ffmpeg([
        ...scene(),
        "-i",
        file,
        "-map",
        "0",
        "-map",
        "1",
        "-map",
        "2",
        ...labels,
        ...picture,
        ...flac,
        "-c:s",
        "srt",
        path,
      ]);
    },
    joined: { subtitles: ["deu mov_text"] },
    whole: { subtitles: ["deu mov_text"] },
    but: {
      mov: { subtitles: ["ger mov_text"] },
      mkv: { subtitles: ["ger subrip"] },
      webm: { subtitles: ["ger webvtt"] },
      ts: { subtitles: [], warns: [/ts holds no text/] },
    },
    async check({ path, part, container }) {
      if (container === "ts") return;
      const whole = ["0.10 Before", "0.35 Two lines", "1.20 Last"];
      expect(await cuesOf(path)).toEqual(part === "whole" ? whole : ["0.00 Two lines", "0.80 Last"]);
    },
  },
  {
    name: "subtitles with styles and their font",
    file: "clip.mkv",
    async make(path) {
      const file = await beside(path, "srt", words);
      const font = await beside(path, "ttf", "no real font");
      const attach = [
        "-attach",
        font,
        "-metadata:s:t",
        "mimetype=application/x-truetype-font",
        "-metadata:s:t",
        "filename=odd.ttf",
      ];
      await ffmpeg([
        ...scene(),
        "-i",
        file,
        "-map",
        "0",
        "-map",
        "1",
        "-map",
        "2",
        ...attach,
        ...picture,
        ...flac,
        "-c:s",
        "ass",
        path,
      ]);
    },
    joined: { subtitles: ["und mov_text"], attachments: 0 },
    but: {
      mkv: { subtitles: ["und ass"], attachments: 1 },
      webm: { subtitles: ["und webvtt"], attachments: 0 },
      ts: { subtitles: [], attachments: 0, warns: [/ts holds no text/] },
    },
  },
  {
    name: "subtitles burnt in",
    file: "clip.mkv",
    async make(path) {
      const file = await beside(path, "srt", words);
      const black = ["-f", "lavfi", "-i", "color=black:size=160x90:rate=25:duration=2", ...scene().slice(4)];
      await ffmpeg([
        ...black,
        "-i",
        file,
        "-map",
        "0",
        "-map",
        "1",
        "-map",
        "2",
        ...picture,
        ...flac,
        "-c:s",
        "srt",
        path,
      ]);
    },
    exports: "subtitles: burn",
    joined: { subtitles: [], warns: [] },
    async check({ path }) {
      // From the start to the end of the second text, and from 0.8 s on.
      expect(await brightSpans(path)).toEqual([
        [0, 13],
        [20, 30],
      ]);
    },
  },
  {
    name: "two pictures, as of two angles",
    file: "clip.mkv",
    async make(path) {
      const angle = ["-f", "lavfi", "-i", "color=blue:size=64x48:rate=25:duration=2"];
      await ffmpeg([
        ...scene(),
        ...angle,
        "-map",
        "0",
        "-map",
        "2",
        "-map",
        "1",
        "-disposition:v:0",
        "default",
        ...picture,
        ...flac,
        path,
      ]);
    },
    joined: { warns: [/1 further picture\(s\) dropped: an output has one/] },
  },
  {
    name: "data stream",
    file: "clip.ts",
    async make(path) {
      const file = await beside(path, "bin", Buffer.alloc(4000, 7));
      const data = ["-f", "data", "-i", file, "-map", "0", "-map", "1", "-map", "2", "-c:d", "copy"];
      await ffmpeg([...scene(), ...data, ...picture, ...sound, path]);
    },
    joined: { data: 0, warns: [/1 data stream\(s\) dropped/] },
  },
  {
    name: "several audio tracks",
    file: "clip.mkv",
    make: [
      ...scene(),
      ...[
        "-f",
        "lavfi",
        "-i",
        "sine=frequency=880:sample_rate=44100:duration=2",
        "-map",
        "0",
        "-map",
        "1",
        "-map",
        "2",
      ],
      ...["-metadata:s:a:0", "language=eng", "-metadata:s:a:1", "language=deu", "-disposition:a:1", "comment"],
      ...[...picture, "-c:a", "flac"],
    ],
    audio: "{ tracks: all }",
    joined: { sound: ["48000 Hz stereo", "48000 Hz stereo"] },
  },
  {
    name: "transport stream that was cut off",
    file: "clip.ts",
    async make(path) {
      await ffmpeg([...scene({ sec: 4 }), ...picture, "-g", "10", ...sound, path]);
      await half(path, 0.7);
    },
  },
  {
    name: "subtitles of pictures",
    file: "clip.mkv",
    async make(path) {
      const file = await beside(
        path,
        "sup",
        pictureSubtitles([
          [0.2, 0.7],
          [0.9, 1.3],
          [1.5, 1.9],
        ]),
      );
      const maps = ["-itsoffset", "0.2", "-i", file, "-map", "0", "-map", "1", "-map", "2"];
      await ffmpeg([...scene(), ...maps, ...picture, ...flac, "-c:s", "copy", path]);
    },
    joined: { subtitles: [], warns: [/hdmv_pgs_subtitle is pictures, which \w+ does not hold/] },
    but: { mkv: { subtitles: ["und hdmv_pgs_subtitle"], warns: [] } },
    async check({ path, container }) {
      // On until 0.3, off, on from 0.5 to 0.9, and on again until the join.
      if (container === "mkv") expect(await changesOf(path)).toEqual([0, 0.3, 0.5, 0.9, 1.1, 1.2]);
    },
  },
  {
    name: "cover in front of the picture",
    file: "clip.mp4",
    async make(path) {
      const cover = join(dirname(path), "cover.png");
      await ffmpeg(["-f", "lavfi", "-i", "color=red:size=64x48", "-frames:v", "1", cover]);
      const maps = ["-i", cover, "-map", "2", "-map", "0", "-map", "1", "-disposition:v:0", "attached_pic"];
      await ffmpeg([
        ...scene(),
        ...maps,
        "-c:v:0",
        "copy",
        "-c:v:1",
        "libx264",
        "-preset:v:1",
        "ultrafast",
        "-pix_fmt:v:1",
        "yuv420p",
        ...sound,
        path,
      ]);
    },
    joined: { cover: false, warns: [/cover picture is dropped/] },
    whole: { cover: false, warns: [/cover picture is dropped/] },
    but: { "whole mp4": { cover: true, warns: [] } },
  },
  {
    name: "timecode",
    file: "clip.mov",
    make: [...scene(), "-timecode", "01:00:00:00", ...picture, ...sound],
    joined: { data: 0 },
    check({ info, container }) {
      expect(info.timecode).toBe(container === "ts" ? undefined : "01:00:00:10");
    },
  },
];
