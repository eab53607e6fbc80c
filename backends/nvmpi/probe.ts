import type { Codec, Encode, Permissions, Probe, ProbeContext } from "vendue/backend";
import { encodeArgs, type NvmpiCodec } from "./args.ts";

export interface NvmpiFacts {
  readonly cores: number;
  readonly codecs: Readonly<Partial<Record<Codec, NvmpiCodec>>>;
  /** What was tried and did not work, in ffmpeg's words. */
  readonly refused: readonly NvmpiRefusal[];
}

export interface NvmpiRefusal {
  readonly encoder: string;
  readonly code: string;
  readonly line: string;
}

const release = "/etc/nv_tegra_release";
const nodes = ["/dev/nvhost-msenc", "/dev/v4l2-nvenc"] as const;

export const needs: Permissions = { read: [release, ...nodes] };

export async function probeNvmpi(ctx: ProbeContext): Promise<Probe<NvmpiFacts>> {
  const { platform, ffmpeg } = ctx;
  if (platform.os !== "linux") return absent("DEVICE_MISSING", `Jetson boards run Linux; this is ${platform.os}`);
  if (!(await ctx.exists(release)))
    return absent(
      "DEVICE_MISSING",
      `not a Jetson board: there is no ${release}`,
      "in a container on a Jetson, mount that file and the board's drivers",
    );
  const here = await Promise.all(nodes.map((node) => ctx.exists(node)));
  // Nothing may be tried past this point: a board without an encoder crashes ffmpeg, or freezes.
  if (!here.includes(true))
    return absent(
      "DEVICE_MISSING",
      `this Jetson shows no encoder: there is neither ${nodes.join(" nor ")}`,
      "an Orin Nano has none; on other boards, pass the device nodes to the container",
    );
  const listed = (["h264", "hevc"] as const).filter((codec) => ffmpeg.encoders.includes(`${codec}_nvmpi`));
  if (listed.length === 0)
    return absent(
      "ENCODER_MISSING",
      "this ffmpeg was built without the nvmpi encoders",
      "build ffmpeg with the jetson-ffmpeg patch",
    );

  const codecs: Partial<Record<Codec, NvmpiCodec>> = {};
  const refused: NvmpiRefusal[] = [];
  for (const codec of listed) {
    const encoder = `${codec}_nvmpi`;
    const facts: NvmpiCodec = {
      encoder,
      depths: [8],
      pixelFormat: "yuv420p",
      options: await ctx.encoderOptions(encoder),
    };
    const trial = await ctx.tryEncode({ encode: encodeArgs(sample(codec), facts) });
    if (trial.ok) codecs[codec] = facts;
    else refused.push({ encoder, code: trial.code, line: trial.line });
    // An encoder that failed is not asked again under another name: the next answer may be a frozen board.
    if (!trial.ok) break;
  }
  if (Object.keys(codecs).length > 0) return { state: "ready", facts: { cores: platform.cores, codecs, refused } };
  const [first] = refused;
  return absent(
    first?.code ?? "UNKNOWN",
    first?.line ?? "no nvmpi encoder opened",
    "check that the board's multimedia drivers match its L4T release",
  );
}

function absent(code: string, reason: string, hint?: string): Extract<Probe, { state: "absent" }> {
  return { state: "absent", reason, code, ...(hint !== undefined && { hint }) };
}

function sample(codec: Codec): Encode {
  const color = { primaries: "bt709", transfer: "bt709", matrix: "bt709", range: "tv" } as const;
  const shape = {
    width: 640,
    height: 480,
    fps: { num: 30, den: 1 },
    gopFrames: 60,
    pixelFormat: "yuv420p",
    bitDepth: 8,
    color,
  } as const;
  return { codec, rate: { kind: "bitrate", kbps: 2000 }, effort: "balanced", container: "mkv", ...shape };
}
