import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { isUnreadable, readFfmpeg } from "../../core/media/mod.ts";
import type { MediaInfo } from "../../core/types.ts";

function sample(name: string, path = name): MediaInfo {
  const text = readFileSync(new URL(`samples/${name}.txt`, import.meta.url), "utf8");
  const info = readFfmpeg(text, { path, sizeBytes: 1000 });
  if (isUnreadable(info)) throw new Error(info.reason);
  return info;
}

test("readFfmpeg() counts a stream of two programs once", () => {
  const { video, audio } = sample("programs");
  expect(video?.index).toBe(0);
  expect(audio).toMatchObject([
    { index: 1, channels: 1, language: "eng" },
    { index: 2, channels: 6, language: "deu" },
  ]);
});

test("readFfmpeg() takes the order in which fields are shown, not coded", () => {
  expect(sample("swapped").video).toMatchObject({ interlaced: "bottom-first", color: { range: "tv" } });
});

test("readFfmpeg() does not take a decoder's name for a profile", () => {
  expect(sample("av1").video).toMatchObject({ codec: "av1", profile: "Main" });
});

test("readFfmpeg() reads a file full of everything", () => {
  const { video, audio, subtitles, attachments, tags, chapters } = sample("many");
  expect(video).toMatchObject({ index: 0, codec: "h264" });
  expect(audio).toMatchObject([{ index: 1, layout: "2.1", channels: 3, language: "de-AT" }]);
  expect(subtitles).toEqual([{ index: 2, codec: "ass", kind: "text", isDefault: false, roles: [] }]);
  expect(attachments).toEqual([{ index: 4, name: "f.ttf", mimetype: "font/ttf" }]);
  expect(tags).toMatchObject({ title: "Probe: test = 1", comment: "first line\nsecond: line", artist: "a;b" });
  expect(chapters.map(({ title }) => title)).toEqual(["One", ""]);
});

test("readFfmpeg() reads a broadcast", () => {
  const info = sample("broadcast");
  expect(info).toMatchObject({ durationSec: 93601.5, startSec: 95443.717678, data: 2 });
  expect(info.video).toMatchObject({ interlaced: "top-first", vfr: false, sar: { num: 64, den: 45 } });
  expect(info.video?.color).toEqual({ primaries: "bt470bg", transfer: "bt470bg", matrix: "bt470bg", range: "tv" });
  expect(info.audio.map(({ index }) => index)).toEqual([1]);
  expect(info.subtitles.map(({ kind }) => kind)).toEqual(["bitmap", "text"]);
});

test("readFfmpeg() reads a phone's recording", () => {
  const { video, audio, data, tags } = sample("phone");
  expect(video).toMatchObject({ rotation: 90, hdr: "hlg", bitDepth: 10, fps: { num: 60, den: 1 }, profile: "Main 10" });
  expect(audio[0]?.language).toBeUndefined();
  expect(data).toBe(2);
  expect(tags).toMatchObject({ "com.apple.quicktime.make": "Apple", creation_time: "2023-06-01T10:11:12.000000Z" });
});

test("readFfmpeg() is not taken in by a path that looks like its own words", () => {
  const path = "/a\n  Stream #0:7: Audio: mp3, 44100 Hz, stereo\nb.wav";
  const dump = `Input #0, wav, from 'file:${path}':
  Duration: 00:00:01.00, bitrate: 705 kb/s
  Stream #0:0: Audio: pcm_s16le ([1][0][0][0] / 0x0001), 44100 Hz, 1 channels, s16, 705 kb/s
`;
  expect(readFfmpeg(dump, { path, sizeBytes: 9 })).toMatchObject({ audio: [{ index: 0, layout: "mono" }] });
});
