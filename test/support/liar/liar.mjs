/**
 * A backend that encodes well when it is tried, and makes something else of the picture in a real job: what broken
 * drivers do, without a word and with exit code zero.
 * @module
 */
export const options = {
  type: "object",
  required: ["lie"],
  properties: { lie: { type: "string" } },
  additionalProperties: false,
};

const filter = (name, args) => ({ name, args, on: "system" });

const lies = {
  none: [],
  green: [filter("lutyuv", { y: 0, u: 0, v: 0 })],
  black: [filter("lutyuv", { y: 16, u: 128, v: 128 })],
  garbled: [filter("shufflepixels", { mode: "block", width: 16, height: 16, seed: 3 })],
  "black half way": [filter("fade", { type: "out", start_time: 1.2, duration: 0.1 })],
};

export default function liar({ lie }) {
  const encode = {
    on: "system",
    args: ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "30"],
    pixelFormat: "yuv420p",
  };
  return {
    name: "liar",
    api: 1,
    probe: () => Promise.resolve({ state: "ready", facts: {} }),
    score: ({ encode: wish }) =>
      wish?.codec === "h264"
        ? { kind: "bid", speed: 1e6, quality: 1, encoder: "h264_liar", device: "0" }
        : { kind: "pass", reason: "it encodes h264 only" },
    buildArgs: ({ ops, encode: wish }) => (wish ? { filters: [...ops, ...lies[lie]], encode } : { filters: ops }),
  };
}
