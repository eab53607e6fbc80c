import { type Backend, comesTo } from "../backend/mod.ts";
import {
  type BackendBids,
  type Codec,
  CODECS,
  type Offer,
  type ProbedCodec,
  type Survey,
  type Task,
  type VideoInfo,
} from "../types.ts";
import { auctioneer } from "./auction.ts";

/** Whether each backend would take the plainest encode there is with each codec: what its probe comes down to. */
export function probedCodecs(survey: Survey, backends: readonly Backend[]): readonly ProbedCodec[] {
  const lots = CODECS.map(plainTask).map(auctioneer(survey, { backends, accel: "preferred", prefer: "balanced" }));
  return survey.backends.flatMap(({ name, accel }) =>
    CODECS.map((codec, nth) => ({
      backend: name,
      accel,
      codec,
      ok: lots[nth]?.bids.some(({ bidder }) => bidder.backend.name === name) ?? false,
    })),
  );
}

/** How often each backend bid, won and passed. */
export function countBids(offers: readonly Offer[]): readonly BackendBids[] {
  const names = [...new Set(offers.map(({ backend }) => backend))];
  return names.map((backend) => {
    const own = offers.filter((one) => one.backend === backend);
    const bids = own.filter((one) => one.kind === "bid");
    return {
      backend,
      bids: bids.length,
      wins: bids.filter(({ won }) => won).length,
      passes: own.length - bids.length,
    };
  });
}

const color = { primaries: "bt709", transfer: "bt709", matrix: "bt709", range: "tv" } as const;
const plain = {
  width: 1280,
  height: 720,
  fps: { num: 30, den: 1 },
  pixelFormat: "yuv420p",
  bitDepth: 8,
  color,
} as const;
const frames: VideoInfo = {
  ...plain,
  index: 0,
  codec: "h264",
  profile: "High",
  sar: { num: 1, den: 1 },
  rotation: 0,
  vfr: false,
  interlaced: "progressive",
  hdr: "sdr",
  startSec: 0,
  endSec: 10,
};

function plainTask(codec: Codec): Task {
  const rate = comesTo({ kind: "quality", quality: 70 }, { ...plain, codec });
  const container = codec === "vp9" ? "webm" : "mp4";
  return {
    id: `probe/${codec}`,
    stage: "export",
    seconds: 10,
    inputs: [frames],
    decodes: false,
    ops: [],
    encode: { ...plain, codec, rate, effort: "balanced", gopFrames: 60, container },
  };
}
