import type { Backend, Trial } from "../../core/backend/mod.ts";
import { builtins } from "../../core/host/mod.ts";
import { fakeContext, type Machine } from "../../core/testing/mod.ts";
import type { Survey, Surveyed } from "../../core/types.ts";

const refuse = (code: string, line: string): Trial => ({ ok: false, code, line });
const encoders = (...names: readonly string[]) => ["libx264", "libx265", "libsvtav1", "libvpx-vp9", "ffv1", ...names];
const software = encoders();
const nvenc = ["h264_nvenc", "hevc_nvenc", "av1_nvenc"];
const vaapi = ["h264_vaapi", "hevc_vaapi", "av1_vaapi", "vp9_vaapi"];
const qsv = ["h264_qsv", "hevc_qsv", "av1_qsv", "vp9_qsv"];
const noThird = {
  words: ["cuda=cu:2"],
  answer: refuse("DEVICE_MISSING", "CUDA_ERROR_INVALID_DEVICE: invalid device ordinal"),
};
const noSecond = {
  words: ["cuda=cu:1"],
  answer: refuse("DEVICE_MISSING", "CUDA_ERROR_INVALID_DEVICE: invalid device ordinal"),
};

/** Computers described in data, after what their owners report. Trials not listed here open. */
export const machines: Readonly<Record<string, Machine>> = {
  "workstation with two NVIDIA cards": {
    os: "linux",
    cores: 16,
    paths: ["/dev/nvidiactl", "/dev/nvidia0", "/dev/nvidia1"],
    encoders: encoders(...nvenc),
    trials: [noThird],
  },
  "AMD server with an Intel iGPU": {
    os: "linux",
    cores: 32,
    paths: ["/dev/dri/renderD128", "/dev/dri/renderD129"],
    encoders: encoders(...vaapi, ...qsv),
    trials: [
      {
        encoder: "vp9_vaapi",
        answer: refuse("FEATURE_REFUSED", "No usable encoding entrypoint found for profile VAProfileVP9Profile0 (19)."),
      },
    ],
  },
  Jetson: {
    os: "linux",
    arch: "arm64",
    cores: 6,
    paths: ["/etc/nv_tegra_release", "/dev/nvhost-msenc"],
    encoders: encoders("h264_nvmpi", "hevc_nvmpi"),
    opens: encoders("h264_nvmpi", "hevc_nvmpi"),
  },
  "Jetson without an encoder": {
    os: "linux",
    arch: "arm64",
    cores: 6,
    paths: ["/etc/nv_tegra_release"],
    encoders: encoders("h264_nvmpi", "hevc_nvmpi"),
  },
  phone: {
    os: "android",
    arch: "arm64",
    cores: 8,
    encoders: encoders("h264_mediacodec", "hevc_mediacodec"),
    opens: encoders("h264_mediacodec", "hevc_mediacodec"),
    paths: ["/system/lib64/libmediandk.so"],
  },
  "cloud T4": {
    os: "linux",
    cores: 4,
    paths: ["/dev/nvidiactl", "/dev/nvidia0"],
    encoders: encoders(...nvenc),
    trials: [{ encoder: "av1_nvenc", answer: refuse("FEATURE_REFUSED", "Codec not supported") }, noSecond],
  },
  "cloud H200": {
    os: "linux",
    cores: 16,
    paths: ["/dev/nvidiactl", "/dev/nvidia0"],
    tools: { "nvidia-smi": "GPU-h200, NVIDIA H200, 570.86.15, 143000, 0, [N/A]\n" },
    encoders: encoders(...nvenc),
    trials: ["h264_nvenc", "hevc_nvenc", "av1_nvenc"].map((encoder) => ({
      encoder,
      answer: refuse("DEVICE_MISSING", "OpenEncodeSessionEx failed: unsupported device (2): (no details)"),
    })),
  },
  "Raspberry Pi": { os: "linux", arch: "arm64", cores: 4, encoders: software, opens: software },
  "Windows laptop with an AMD chip": {
    os: "win32",
    cores: 16,
    encoders: encoders("h264_amf", "hevc_amf"),
    opens: encoders("h264_amf", "hevc_amf"),
    paths: ["C:\\Windows\\System32\\amfrt64.dll"],
  },
  "runner with nothing": { os: "linux", cores: 2, encoders: software, opens: software },
};

/** What every built-in finds on a described computer. */
export async function surveyOf(
  machine: Machine,
): Promise<{ readonly survey: Survey; readonly backends: readonly Backend[] }> {
  const backends = await Promise.all(
    builtins.map(async (name) =>
      ((await import(`../../backends/${name}/mod.ts`)) as { default: () => Backend }).default(),
    ),
  );
  const surveyed = await Promise.all(
    backends.map(async (backend): Promise<Surveyed> => {
      const { ctx } = fakeContext(machine, { needs: backend.needs });
      return {
        name: backend.name,
        specifier: backend.name,
        accel: backend.accel ?? true,
        probe: await backend.probe(ctx),
      };
    }),
  );
  const { ctx } = fakeContext(machine);
  return { survey: { ffmpeg: ctx.ffmpeg, platform: ctx.platform, backends: surveyed }, backends };
}
