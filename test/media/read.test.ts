import { afterAll, expect, test, vi } from "vitest";
import {
  firstArgs,
  isUnreadable,
  packetArgs,
  readFfmpeg,
  readFirst,
  readPackets,
  readTogether,
  refine,
  togetherArgs,
} from "../../core/media/mod.ts";
import type { MediaInfo } from "../../core/types.ts";
import { builds, facts, ffprobe, maker, newFolder, run, scene, x264 } from "./corpus.ts";
import { ffprobeArgs, readFfprobe } from "./ffprobe.ts";

vi.setConfig({ testTimeout: 30_000 });

const folder = newFolder();
afterAll(folder.remove);

const { at, make, write } = folder;
const aac = ["-c:a", "aac"];
const chapters = write(
  "chapters.txt",
  ";FFMETADATA1\ntitle=A: b = 1\nartist=c\\;d\ncomment=one\\\ntwo: three\n" +
    "[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=500\ntitle=One\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=500\nEND=1000\n",
);
const srt = write("words.srt", "1\n00:00:00,100 --> 00:00:00,900\nHello\n");
const hdr = ["-color_primaries", "bt2020", "-color_trc", "smpte2084", "-colorspace", "bt2020nc", "-color_range", "tv"];

const plain = make("plain.mp4", [...scene({ rate: "30000/1001" }), ...x264, "-bf", "2", "-g", "10", ...aac]);
const modern = run(maker, ["-h", "full"]).stdout.includes("-display_rotation");
function turned(degrees: number) {
  const told = modern ? ["-display_rotation", String(degrees), "-i", plain] : ["-i", plain];
  return make(`turned${degrees}.mp4`, [...told, "-c", "copy", "-metadata:s:v", `rotate=${degrees}`]);
}

const files = {
  plain,
  "turned90.mp4": turned(90),
  "turned180.mp4": turned(180),
  "turned270.mp4": turned(270),
  "edited.mp4": make("edited.mp4", ["-ss", "0.5", "-i", plain, "-c", "copy"]),
  "fragmented.mp4": make("fragmented.mp4", ["-i", plain, "-c", "copy", "-movflags", "frag_keyframe+empty_moov"]),
  "chapters.mp4": make("chapters.mp4", ["-i", plain, "-i", chapters, "-map_metadata", "1", "-c", "copy"]),
  "late.ts": make("late.ts", ["-i", plain, "-c", "copy", "-output_ts_offset", "5000"]),
  "live.mkv": make("live.mkv", ["-i", plain, "-c", "copy", "-live", "1"]),
  "vfr.mp4": make("vfr.mp4", [...scene(), "-vf", "select='mod(n,7)'", "-fps_mode", "vfr", ...x264, ...aac]),
  "vfr.mkv": make("vfr.mkv", [...scene(), "-vf", "select='mod(n,7)'", "-fps_mode", "vfr", ...x264, ...aac]),
  "hdr.mp4": make("hdr.mp4", [...scene(), "-c:v", "libx264", "-pix_fmt", "yuv420p10le", ...hdr]),
  "anamorphic.mp4": make("anamorphic.mp4", [...scene({ size: "72x64" }), "-vf", "setsar=16/15", ...x264]),
  "interlaced.mp4": make("interlaced.mp4", [
    [...scene(), "-vf", "tinterlace=interleave_top", "-c:v", "libx264"],
    ["-preset", "ultrafast", "-flags", "+ildct+ilme", "-x264-params", "tff=1"],
  ]),
  "prores.mov": make("prores.mov", [...scene(), "-an", "-c:v", "prores_ks", "-timecode", "01:00:00:00"]),
  "tracks.mkv": make("tracks.mkv", [
    [...scene(), "-i", srt, "-map", "0", "-map", "1", "-map", "1", "-map", "2", ...x264],
    ["-c:a:0", "ac3", "-ac:a:0", "6", "-c:a:1", "flac", "-c:s", "srt", "-disposition:a:0", "0"],
    ["-disposition:a:1", "default", "-metadata:s:a:0", "language=eng", "-metadata:s:s:0", "language=deu"],
    ["-attach", srt, "-metadata:s:t", "mimetype=font/ttf"],
  ]),
  "plain.webm": make("plain.webm", [
    [...scene(), "-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libopus"],
  ]),
  "plain.avi": make("plain.avi", [...scene(), "-c:v", "mpeg4", "-bf", "2", "-c:a", "mp2"]),
  "plain.mpg": make("plain.mpg", [...scene(), "-c:v", "mpeg2video", "-c:a", "mp2"]),
  "plain.h264": make("plain.h264", [...scene(), "-an", ...x264]),
  "plain.gif": make("plain.gif", [...scene(), "-an"]),
  "still.png": make("still.png", [...scene(), "-an", "-frames:v", "1"]),
  "plain.wav": make("plain.wav", [...scene(), "-vn"]),
  "cover.mp3": make("cover.mp3", [
    [...scene(), "-map", "1", "-map", "0", "-frames:v", "1", "-c:v", "png", "-disposition:v", "attached_pic"],
    ["-c:a", "libmp3lame", "-metadata", "title=Song"],
  ]),
};
type Name = keyof typeof files;

const broken = {
  cut: write("cut.mp4", folder.head("plain.mp4", 2000)),
  words: write("words.mp4", "hello"),
  empty: write("empty.mp4", ""),
  noise: write(
    "noise.mkv",
    Uint8Array.from({ length: 4000 }, (_, i) => (i * 7919) % 251),
  ),
  subtitle: srt,
  textOnly: make("subtitles.mkv", ["-i", srt, "-c:s", "srt"]),
  playlist: write("playlist.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:1,\nplain.mp4\n#EXT-X-ENDLIST\n"),
  list: write("list.mp4", "ffconcat version 1.0\nfile plain.mp4\n"),
  // Black compresses to nothing, so that a small file asks for a huge picture.
  huge: make("huge.png", ["-f", "lavfi", "-i", "color=s=8300x8300:r=1:d=1,format=monob", "-frames:v", "1"]),
  missing: at("missing.mp4"),
  folder: at("."),
};

function readWith(ffmpeg: string, path: string) {
  return readFirst(run(ffmpeg, firstArgs(facts(path))), facts(path)).told;
}

function readable(info: ReturnType<typeof readFfmpeg>): MediaInfo {
  if (isUnreadable(info)) throw new Error(`${info.code}: ${info.reason}`);
  return info;
}

/** What a build says of a file, and its packets; asked once. */
const read = remember((ffmpeg: string, path: string) => {
  const told = readable(readWith(ffmpeg, path));
  return { told, packets: readPackets(run(ffmpeg, packetArgs(told)).stdout) };
});

function readAll(ffmpeg: string, path: string): MediaInfo {
  const { told, packets } = read(ffmpeg, path);
  return refine(told, packets, packets);
}

const probe = remember((program: string, path: string) =>
  readable(readFfprobe(run(program, ffprobeArgs(path)).stdout, facts(path))),
);

function remember<Result>(make: (program: string, path: string) => Result) {
  const made = new Map<string, Result>();
  return (program: string, path: string): Result => {
    const key = `${program} ${path}`;
    const result = made.get(key) ?? make(program, path);
    made.set(key, result);
    return result;
  };
}

/** What a build's text leaves out or says differently, with the reason. */
const apart: Partial<Record<Name, (info: MediaInfo) => unknown>> = {
  // 6.1 and later decode ProRes without a range, and RGB with a matrix of its own.
  "prores.mov": ({ video, ...rest }) => ({ ...rest, ...video, color: undefined }),
  "still.png": ({ video, ...rest }) => ({ ...rest, ...video, color: undefined }),
};

test.skipIf(!ffprobe).each(builds)("readFfmpeg() tells what readFfprobe() tells, on $version", ({ ffmpeg }) => {
  for (const name of Object.keys(files) as Name[]) {
    const probed = probe(ffprobe ?? "", files[name]);
    const { told, packets } = read(ffmpeg, files[name]);
    const shown = apart[name] ?? ((info) => info);
    const [ours, theirs] = [told, probed].map((info) => shown(refine(info, packets, packets)));
    expect(ours, name).toEqual(theirs);
    expect(Math.abs(told.durationSec - probed.durationSec), name).toBeLessThan(0.0101);
  }
});

test.each(builds)("readFirst() lists what packetArgs() lists once the header is known, on $version", ({ ffmpeg }) => {
  for (const name of Object.keys(files) as Name[]) {
    const { listing } = readFirst(run(ffmpeg, firstArgs(facts(files[name]))), facts(files[name]));
    const apart = read(ffmpeg, files[name]).packets.streams;
    // What is listed later is a microsecond late, for the sake of 5.1.
    const found = Object.entries(listing?.streams ?? {}).map(([order, { firstSec, endSec, ...rest }]) => {
      const known = apart[Number(order)];
      const same = (a: number, b = Number.NaN) => (Math.abs(a - b) < 1.5e-6 ? b : a);
      return [order, { ...rest, firstSec: same(firstSec, known?.firstSec), endSec: same(endSec, known?.endSec) }];
    });
    expect(Object.fromEntries(found), name).toEqual(apart);
  }
});

test.each(builds)("readTogether() tells of each file what ffmpeg tells of it alone, on $version", ({ ffmpeg }) => {
  const alone = remember((program, path) => readFirst(run(program, firstArgs(facts(path))), facts(path)));
  const isTold = (path: string) => {
    const group = [path, files["late.ts"], files["cover.mp3"], plain].map(facts);
    const words = readTogether(run(ffmpeg, togetherArgs(group)), group);
    const told = words?.map((each, nth) => readFirst(each, facts(group[nth]?.path ?? "")));
    if (told) expect(told, path).toEqual(group.map((file) => alone(ffmpeg, file.path)));
    return told !== undefined;
  };
  const names = (Object.keys(files) as Name[]).filter((name) => isTold(files[name]));
  const usual: Name[] = ["plain", "turned90.mp4", "edited.mp4", "fragmented.mp4", "chapters.mp4", "late.ts", "vfr.mkv"];
  expect(names).toEqual(expect.arrayContaining([...usual, "prores.mov", "plain.webm", "cover.mp3"]));
  // Nothing is wrong with a file of subtitles, until somebody wants its picture.
  expect(Object.values(broken).filter(isTold)).toEqual([broken.textOnly]);
});

test.each(builds)(
  "readFirst() lists the head of a large file from wherever its clock begins, on $version",
  ({ ffmpeg }) => {
    const long = make("long.ts", [[...scene({ sec: 12 }), ...x264, "-bf", "2", ...aac, "-output_ts_offset", "5000"]]);
    const large = { path: long, sizeBytes: 1 << 30 };
    const { told, listing } = readFirst(run(ffmpeg, firstArgs(large)), large);
    const info = readable(told);
    expect(listing).toEqual(readPackets(run(ffmpeg, packetArgs(info, { forSec: 5 })).stdout));
    expect(listing?.streams[0]?.firstSec).toBeCloseTo(0.04, 1);
  },
);

test.each(builds)("readFirst() leaves a listing out where it does not know enough, on $version", ({ ffmpeg }) => {
  // Larger than what is listed whole, and too short to be listed at both ends.
  const short = { path: plain, sizeBytes: 1 << 30 };
  expect(readFirst(run(ffmpeg, firstArgs(short)), short).listing).toBeUndefined();
});

test.each(builds)("readFfmpeg() reads only of the input, whatever is made of it, on $version", ({ ffmpeg }) => {
  const words = run(ffmpeg, [
    "-i",
    files["tracks.mkv"],
    "-map",
    "0:a:1",
    "-t",
    "0.1",
    "-c:a",
    "pcm_s16le",
    "-f",
    "null",
    "-",
  ]);
  expect(readFfmpeg(words.stderr, facts(files["tracks.mkv"]))).toEqual(readWith(ffmpeg, files["tracks.mkv"]));
});

test.each(builds)("readFfmpeg() sees the picture as a player would, on $version", ({ ffmpeg }) => {
  const see = (name: Name) => readAll(ffmpeg, files[name]).video;
  expect(see("plain")).toMatchObject({ codec: "h264", width: 64, fps: { num: 30000, den: 1001 }, vfr: false });
  expect(see("plain")).toMatchObject({ sar: { num: 1, den: 1 }, rotation: 0, bitDepth: 8, hdr: "sdr" });
  expect(see("hdr.mp4")).toMatchObject({ bitDepth: 10, hdr: "pq", pixelFormat: "yuv420p10le", profile: "High 10" });
  expect(see("hdr.mp4")?.color).toEqual({
    primaries: "bt2020",
    transfer: "smpte2084",
    matrix: "bt2020nc",
    range: "tv",
  });
  expect(see("anamorphic.mp4")).toMatchObject({ width: 72, sar: { num: 16, den: 15 } });
  expect(see("interlaced.mp4")?.interlaced).toBe("top-first");
  expect(see("vfr.mp4")?.vfr).toBe(true);
  expect(see("vfr.mkv")?.vfr).toBe(true);
  expect(see("prores.mov")).toMatchObject({ profile: "HQ", bitDepth: 10 });
});

test.each(builds)("readFfmpeg() turns pictures the way ffmpeg does, on $version", ({ ffmpeg }) => {
  const frame = (...args: string[]) => run(ffmpeg, ["-v", "error", ...args, "-frames:v", "1", "-f", "framemd5", "-"]);
  const hash = (output: { stdout: string }) => output.stdout.trim().split(", ").at(-1);
  const filters: Record<number, string> = { 90: "transpose=clock", 180: "hflip,vflip", 270: "transpose=cclock" };
  const seen = (["turned90.mp4", "turned180.mp4", "turned270.mp4"] as const).map((name) => {
    const rotation = readAll(ffmpeg, files[name]).video?.rotation ?? 0;
    const byHand = frame("-noautorotate", "-i", files[name], "-an", "-vf", filters[rotation] ?? "null");
    expect(hash(byHand), name).toBe(hash(frame("-i", files[name], "-an")));
    return rotation;
  });
  expect(seen.toSorted((a, b) => a - b)).toEqual([90, 180, 270]);
});

test.each(builds)("readFfmpeg() tells tracks, covers and attachments apart, on $version", ({ ffmpeg }) => {
  const tracks = readAll(ffmpeg, files["tracks.mkv"]);
  expect(tracks.audio).toMatchObject([
    { index: 1, codec: "ac3", channels: 6, layout: "5.1(side)", language: "eng", isDefault: false },
    { index: 2, codec: "flac", channels: 1, layout: "mono", isDefault: true },
  ]);
  expect(tracks.subtitles).toMatchObject([{ index: 3, codec: "subrip", kind: "text", language: "deu", roles: [] }]);
  expect(tracks).toMatchObject({
    attachments: [{ index: 4, name: "words.srt", mimetype: "font/ttf" }],
    data: 0,
    angles: 0,
  });

  const song = readAll(ffmpeg, files["cover.mp3"]);
  expect(song).toMatchObject({ cover: 1, container: "mp3", tags: { title: "Song" } });
  expect(song.video).toBeUndefined();
  expect(readAll(ffmpeg, files["prores.mov"])).toMatchObject({ data: 0, timecode: "01:00:00:00" });
});

test.each(builds)("readFfmpeg() reads tags and chapters, on $version", ({ ffmpeg }) => {
  const { tags, chapters } = readAll(ffmpeg, files["chapters.mp4"]);
  expect(tags).toMatchObject({ title: "A: b = 1", artist: "c;d", comment: "one\ntwo: three" });
  expect(chapters).toEqual([
    { startSec: 0, endSec: 0.5, title: "One" },
    { startSec: 0.5, endSec: 1.001, title: "" },
  ]);
});

test.each(builds)("refine() gives exact times from the file's own start, on $version", ({ ffmpeg }) => {
  const late = readAll(ffmpeg, files["late.ts"]);
  expect(late.startSec).toBeGreaterThan(5000);
  // A player starts with the picture; what comes before it is the priming of the sound.
  expect(late.leadSec).toBeCloseTo(0.023222, 5);
  expect(late.audio[0]?.startSec).toBeCloseTo(-0.023222, 5);
  expect(late.video?.startSec).toBe(0);
  expect(late.video?.endSec).toBeCloseTo(30 * (1001 / 30000), 5);

  const { video, durationSec, audio } = readAll(ffmpeg, plain);
  expect([video?.startSec, video?.endSec, durationSec]).toEqual([0, 1.001, 1.001]);
  expect([audio[0]?.startSec, audio[0]?.endSec]).toEqual([0, 1]);
  expect(readAll(ffmpeg, files["live.mkv"]).durationSec).toBeGreaterThan(1);
  expect(readAll(ffmpeg, files["plain.h264"]).durationSec).toBe(1);
  expect(readAll(ffmpeg, files["edited.mp4"]).video?.startSec).toBe(0);
});

test.each(builds)("readFfmpeg() refuses with a code and a hint, on $version", ({ ffmpeg }) => {
  const codes = Object.entries(broken).map(([name, path]) => {
    const info = readWith(ffmpeg, path);
    return [name, isUnreadable(info) && info.hint && !info.reason.includes(at("")) && info.code];
  });
  expect(Object.fromEntries(codes)).toEqual({
    cut: "INPUT_CORRUPT",
    words: "INPUT_CORRUPT",
    empty: "INPUT_CORRUPT",
    noise: "INPUT_CORRUPT",
    subtitle: "INPUT_REFUSED",
    textOnly: "INPUT_REFUSED",
    playlist: "INPUT_REFUSED",
    list: "INPUT_REFUSED",
    huge: "INPUT_REFUSED",
    missing: "INPUT_MISSING",
    folder: "INPUT_REFUSED",
  });
});

test.skipIf(!ffprobe)("readFfprobe() refuses with the same codes as readFfmpeg()", () => {
  for (const [name, path] of Object.entries(broken)) {
    const theirs = readFfprobe(run(ffprobe ?? "", ffprobeArgs(path)).stdout, facts(path));
    const ours = readWith(maker, path);
    expect(isUnreadable(theirs) && theirs.code, name).toBe(isUnreadable(ours) && ours.code);
  }
});
