import { expect, test } from "vitest";
import { fakeContext, testBackend } from "../../core/testing/mod.ts";
import { sound } from "./broken.ts";

// The vitest form: these are tests of their own in the output.
await testBackend({ backend: sound, machine: { os: "linux", opens: ["h264_sound"] } });

test("fakeContext() grants what needs state, and remembers what was asked beyond", async () => {
  const machine = { paths: ["/dev/dri/renderD128"], env: { DISPLAY: ":0" }, tools: { "nvidia-smi": "GPU 0" } };
  const { ctx, asked } = fakeContext(machine, {
    needs: { read: ["/dev/dri"], env: ["DISPLAY"], run: ["nvidia-smi", "vainfo"] },
  });
  expect(await ctx.exists("/dev/dri/renderD128")).toBe(true);
  expect(await ctx.exists("/dev/dri/renderD129")).toBe(false);
  expect(ctx.env("DISPLAY")).toBe(":0");
  expect(await ctx.ask?.("nvidia-smi", ["-L"])).toEqual({ ok: true, text: "GPU 0" });
  expect(await ctx.ask?.("vainfo", [])).toEqual({ ok: false, text: "" });
  await expect(ctx.ask?.("sh", ["-c", "id"])).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
  await expect(ctx.exists("/dev/driver")).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
  expect(() => ctx.env("HOME")).toThrow("HOME");
  expect(asked.forbidden).toEqual(["sh", "/dev/driver", "HOME"]);
});

test("fakeContext() answers trials by the first rule that fits, then by what opens", async () => {
  const refused = { ok: false, code: "FEATURE_REFUSED", line: "10 bit encode not supported" } as const;
  const { ctx, asked } = fakeContext({
    opens: ["hevc_nvenc"],
    trials: [{ encoder: "hevc_nvenc", words: ["p010le"], answer: refused }],
  });
  const parts = (encoder: string, pixelFormat: string) => ({
    encode: { on: "system", args: ["-c:v", encoder], pixelFormat },
  });
  expect(await ctx.tryEncode(parts("hevc_nvenc", "p010le"))).toEqual(refused);
  expect(await ctx.tryEncode(parts("hevc_nvenc", "yuv420p"))).toEqual({ ok: true });
  expect(await ctx.tryEncode(parts("av1_nvenc", "yuv420p"))).toMatchObject({ ok: false, code: "DEVICE_MISSING" });
  expect(asked.trials).toHaveLength(3);
});
