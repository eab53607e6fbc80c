import { comesTo } from "../backend/mod.ts";
import type { Problem } from "../errors.ts";
import { toNumber } from "../media/mod.ts";
import type { AudioWish, Encode, VideoWish } from "../types.ts";
import type { PictureFormat } from "./picture.ts";
import { audioKbps, type SoundFormat } from "./sound.ts";
import type { Render } from "./stages.ts";

/** Two seconds between keyframes: what players, cutters and streaming expect. */
const gopSec = 2;

interface EncodeDesk {
  readonly render: Render;
  readonly audio: AudioWish | undefined;
  readonly sound: SoundFormat | undefined;
  readonly durationSec: number;
  readonly problems: Problem[];
}

export function encodeOf(wish: VideoWish, format: PictureFormat, desk: EncodeDesk): Encode | undefined {
  const { codec, effort, profile, gop } = wish;
  const { render } = desk;
  if (codec === "copy") return undefined;
  const rate = toNumber(format.rate);
  const gopFrames =
    gop === undefined ? Math.round(gopSec * rate) : "frame" in gop ? gop.frame : Math.round(gop.sec * rate);
  return {
    codec,
    rate:
      wish.rate.kind === "size"
        ? fitSize(wish.rate.bytes, desk)
        : comesTo(wish.rate, { codec, ...format.size, fps: format.rate }),
    effort,
    ...(profile !== undefined && { profile }),
    ...format.size,
    fps: format.rate,
    pixelFormat: format.pixelFormat,
    bitDepth: format.bitDepth,
    color: format.color,
    ...(format.light && { light: format.light }),
    gopFrames: Math.max(1, gopFrames),
    container: render.rendition.container,
  };
}

/** Bytes become a bitrate: what sound and the container take is set aside first. */
function fitSize(bytes: number, { audio, sound, durationSec, render, problems }: EncodeDesk): Encode["rate"] {
  const soundKbps = audio && sound ? audioKbps(audio, sound) * sound.picks.length : 0;
  const kbps = Math.floor(((bytes * 8) / 1000 / durationSec) * 0.985 - soundKbps);
  if (kbps < 20)
    problems.push({
      code: "PIPELINE_INVALID",
      message: `${bytes} bytes are too few for ${durationSec.toFixed(1)} s of picture and sound`,
      hint: `ask for more bytes or a lower audio bitrate than ${Math.round(soundKbps)}k`,
      ...render.rendition.at,
    });
  return { kind: "bitrate", kbps: Math.max(20, kbps), twoPass: true };
}
