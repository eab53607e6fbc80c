import cpu from "../../backends/cpu/mod.ts";
import type { Backend } from "../../core/backend/mod.ts";
import type { AudioInfo, Media, MediaInfo, Pipeline, Survey, VideoInfo } from "../../core/types.ts";

/** Facts of the cpu backend on a machine with a full ffmpeg. */
const facts = {
  cores: 8,
  encoders: [
    { name: "libx264", codec: "h264", depths: [8, 10] },
    { name: "libx265", codec: "hevc", depths: [8, 10] },
    { name: "libsvtav1", codec: "av1", depths: [8, 10] },
    { name: "libvpx-vp9", codec: "vp9", depths: [8, 10] },
  ],
};

export const backends: readonly Backend[] = [cpu() as unknown as Backend];

/** A machine described as data: plans made for it are the same everywhere. */
export const survey: Survey = {
  ffmpeg: {
    path: "/usr/bin/ffmpeg",
    version: "7.0",
    release: [7, 0],
    encoders: [],
    decoders: [],
    filters: ["zscale", "tonemap"],
    hwaccels: [],
    configuration: "",
  },
  platform: { os: "linux", arch: "x64", cores: 8, memoryBytes: 16e9 },
  backends: [{ name: "cpu", specifier: "cpu", accel: false, probe: { state: "ready", facts } }],
};

export function videoInfo(part: Partial<VideoInfo> = {}): VideoInfo {
  return {
    index: 0,
    codec: "h264",
    profile: "High",
    width: 1920,
    height: 1080,
    sar: { num: 1, den: 1 },
    rotation: 0,
    fps: { num: 30, den: 1 },
    vfr: false,
    pixelFormat: "yuv420p",
    bitDepth: 8,
    interlaced: "progressive",
    color: { primaries: "bt709", transfer: "bt709", matrix: "bt709", range: "tv" },
    hdr: "sdr",
    startSec: 0,
    endSec: 600,
    ...part,
  };
}

export function audioInfo(part: Partial<AudioInfo> = {}): AudioInfo {
  return {
    index: 1,
    codec: "aac",
    sampleRate: 48000,
    channels: 2,
    layout: "stereo",
    isDefault: true,
    roles: [],
    startSec: 0,
    endSec: 600,
    ...part,
  };
}

export function mediaInfo(path: string, part: Partial<MediaInfo> = {}): MediaInfo {
  return {
    path,
    container: "mov,mp4,m4a,3gp,3g2,mj2",
    durationSec: 600,
    sizeBytes: 3e8,
    startSec: 0,
    video: videoInfo(),
    audio: [audioInfo()],
    subtitles: [],
    chapters: [],
    angles: 0,
    attachments: [],
    data: 0,
    tags: {},
    ...part,
  };
}

/** Media for every input of a pipeline; a glob stands for two files. */
export function mediaFor({ inputs }: Pipeline, change: (info: MediaInfo) => MediaInfo = (info) => info): Media {
  const paths = Object.fromEntries(
    inputs.map(({ name, pattern }) => [
      name,
      pattern.includes("*") ? [`/media/${name}-1.mp4`, `/media/${name}-2.mp4`] : [`/media/${name}.mp4`],
    ]),
  );
  const files = Object.values(paths)
    .flat()
    .map((path) => change(mediaInfo(path)));
  return { inputs: paths, files: Object.fromEntries(files.map((info) => [info.path, info])), analyses: [] };
}
