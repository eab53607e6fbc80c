/**
 * A stranger's backend, whole: the H.264 encoder of small boards behind Video4Linux, such as a Raspberry Pi up to 4.
 * It needs types only. Use it in a pipeline as
 * `backends: [cpu, { use: ./v4l2m2m/mod.ts, allow: { read: [/dev] } }]`.
 * @module
 */
import type { ArgParts, Backend, Encode, ProbeContext } from "vendue/backend";

const encoder = "h264_v4l2m2m";

/** What the pipeline may say under `options`; the schema fills in the defaults. */
export const options = {
  type: "object",
  properties: {
    nodes: {
      type: "array",
      items: { type: "string" },
      minItems: 1,
      // A Pi decodes on 10, encodes on 11 and converts on 12. Other boards count from 0.
      default: ["/dev/video10", "/dev/video11", "/dev/video12"],
    },
  },
  additionalProperties: false,
};

interface Options {
  readonly nodes: readonly string[];
}

/** The pixels this driver takes; ffmpeg finds the node by itself. */
interface Facts {
  readonly pixelFormat: "yuv420p" | "nv12";
}

/** A Raspberry Pi 4, for `vendue backends test`. */
export const machine = {
  os: "linux",
  arch: "arm64",
  cores: 4,
  paths: options.properties.nodes.default,
  encoders: [encoder, "libx264"],
};

export default function v4l2m2m({ nodes }: Options = { nodes: options.properties.nodes.default }): Backend<Facts> {
  return {
    name: "v4l2m2m",
    api: 1,
    needs: { read: nodes },
    async probe(ctx) {
      const { os } = ctx.platform;
      if (os !== "linux") return { state: "absent", reason: `Video4Linux exists on Linux only, not on ${os}` };
      if (!ctx.ffmpeg.encoders.includes(encoder))
        return { state: "absent", reason: `this ffmpeg was built without ${encoder}`, hint: "use your board's build" };
      const here = await Promise.all(nodes.map((node) => ctx.exists(node)));
      if (!here.includes(true))
        return {
          state: "absent",
          reason: `there is no encoder node: none of ${nodes.join(", ")}`,
          hint: "a Raspberry Pi 5 has no encoder; on another board, name its node in options: { nodes: [...] }",
        };
      return openFirst(ctx);
    },
    score({ encode }, _facts) {
      if (encode === undefined) return { kind: "pass", reason: "it only encodes; its frames are in system memory" };
      const refusal = refuse(encode);
      if (refusal !== undefined) return { kind: "pass", reason: refusal };
      const { rate } = encode;
      const speed = most.pixelsPerSec / pixelsPerSec(encode);
      const note = rate.kind === "bitrate" ? "" : `its ${rate.kind} became ${kbpsOf(encode)} kb/s`;
      // One chip, and a plain encoder: about what libx264 does at its fastest.
      return { kind: "bid", speed, quality: 0.5, encoder, device: "v4l2", slots: 1, ...(note && { note }) };
    },
    buildArgs({ ops, encode }, { pixelFormat }) {
      return { filters: ops, ...(encode && { encode: encodeArgs(encode, pixelFormat) }) };
    },
  };
}

/** The driver decides which pixels it takes, and only a trial tells; green frames fail it too. */
async function openFirst({ tryEncode }: ProbeContext) {
  const encode = { gopFrames: 30, rate: { kind: "bitrate", kbps: 2000 } } as const;
  let refusal = { line: "", code: "" };
  for (const pixelFormat of ["yuv420p", "nv12"] as const) {
    const trial = await tryEncode({ encode: encodeArgs(encode, pixelFormat) });
    if (trial.ok) return { state: "ready", facts: { pixelFormat } } as const;
    refusal = trial;
  }
  const hint = "let this user open the node: usermod -aG video <user>";
  return { state: "absent", reason: refusal.line, code: refusal.code, hint } as const;
}

function encodeArgs(
  encode: Pick<Encode, "rate" | "gopFrames">,
  pixelFormat: Facts["pixelFormat"],
): NonNullable<ArgParts["encode"]> {
  // Without a bitrate it takes 200 kb/s, and with B-frames its times would be wrong.
  const args = ["-c:v", encoder, "-b:v", `${kbpsOf(encode)}k`, "-g", String(encode.gopFrames), "-bf", "0"];
  return { on: "system", args, pixelFormat };
}

/** H.264 level 4: what the Pi's chip is rated for. It does not start at 25 Mb/s (raspberrypi/linux#4938). */
const most = { blocks: 8192, pixelsPerSec: 245_760 * 256, kbps: 20_000 };

function refuse(encode: Encode): string | undefined {
  const { codec, width, height, pixelFormat, profile, rate } = encode;
  if (codec !== "h264") return `it has no ${codec}`;
  if (!["yuv420p", "nv12"].includes(pixelFormat)) return `it takes 8-bit 4:2:0 only, not ${pixelFormat}`;
  if (profile !== undefined) return "its driver chooses the profile";
  if (rate.kind === "bitrate" && rate.twoPass) return "it has no second pass";
  // Rows of other widths are read askew (raspberrypi/firmware#1608).
  if (width % 32 !== 0) return `it corrupts pictures whose width is no multiple of 32, such as ${width}`;
  if (Math.ceil(width / 16) * Math.ceil(height / 16) > most.blocks)
    return `${width}x${height} is more than the 1080p it can`;
  const kbps = kbpsOf(encode);
  return kbps > most.kbps ? `${kbps} kb/s is more than the ${most.kbps} it starts with` : undefined;
}

/** The chip knows bitrates only, and needs half as much again as a good encoder. */
function kbpsOf({ rate }: Pick<Encode, "rate">): number {
  return rate.kind === "bitrate" ? rate.kbps : Math.round(rate.kbps * 1.5);
}

function pixelsPerSec({ width, height, fps }: Pick<Encode, "width" | "height" | "fps">): number {
  return (width * height * fps.num) / fps.den;
}
