/** As data, so that nobody takes them for imports of this file. */
const imports = {
  contract: 'import type { Backend, Encode } from "vendue/backend";',
  kit: 'import { fakeContext, sampleTasks, testBackend } from "vendue/testing";',
  runner: 'import { expect, test } from "vitest";',
  own: 'import create, { machine } from "./mod.ts";',
};

/** A whole backend in one file. It wraps libx264, so that it works anywhere until it is made somebody's own. */
export function backendText(name: string): string {
  return `/**
 * The backend ${name}: one encoder that bids for h264. As it stands it wraps libx264, so that it works on any
 * machine. Make it your own at the five marks, from top to bottom, and hold it against the contract after each:
 * vendue backends test
 */
${imports.contract}

// Mark 1: your encoder, as \`ffmpeg -encoders\` lists it.
const encoder = "libx264";

/** What the probe found out. It is kept as JSON, and handed to score and buildArgs. */
interface Facts {
  readonly cores: number;
}

/** A computer where this backend is ready, described in data: what \`vendue backends test\` tries it on. */
export const machine = { os: "linux", encoders: [encoder] };

export default function backend(): Backend<Facts> {
  return {
    name: "${name}",
    api: 1,
    // Mark 2: leave this out for hardware. Then \`accel: off\` leaves it out too, and pictures are looked at in trials.
    accel: false,

    // Mark 3: does it work here? Cheap questions first, then the only honest one: a trial encode.
    // To ask for a device node: needs: { read: ["/dev/mine"] } above, and ctx.exists("/dev/mine") here.
    async probe(ctx) {
      if (!ctx.ffmpeg.encoders.includes(encoder))
        return { state: "absent", reason: \`this ffmpeg has no \${encoder}\`, hint: "use a full build of ffmpeg" };
      const trial = await ctx.tryEncode({ encode: { on: "system", args: ["-c:v", encoder], pixelFormat: "yuv420p" } });
      if (!trial.ok) return { state: "absent", reason: trial.line, code: trial.code };
      return { state: "ready", facts: { cores: ctx.platform.cores } };
    },

    // Mark 4: what it claims for a task, or why it passes. Both are printed by \`vendue plan\`.
    score({ encode }, { cores }) {
      if (encode === undefined) return { kind: "pass", reason: "it only encodes" };
      const refusal = refuse(encode);
      if (refusal !== undefined) return { kind: "pass", reason: refusal };
      const pixelsPerSec = (encode.width * encode.height * encode.fps.num) / encode.fps.den;
      // Times real time, and 0 to 1 against the best software encoder at the same size. Measure yours.
      return { kind: "bid", speed: (60e6 * cores) / pixelsPerSec, quality: 0.75, encoder };
    },

    // Mark 5: its share of the command. Paths, maps and sound are core's; an op handed back is done in software.
    buildArgs({ ops, encode }) {
      if (encode === undefined) return { filters: ops };
      const args = ["-c:v", encoder, "-preset", "veryfast", ...rateArgs(encode), "-g", String(encode.gopFrames)];
      return { filters: ops, encode: { on: "system", args, pixelFormat: "yuv420p" } };
    },
  };
}

function refuse({ codec, pixelFormat, profile, rate }: Encode): string | undefined {
  if (codec !== "h264") return \`it only encodes h264, not \${codec}\`;
  if (pixelFormat !== "yuv420p") return \`it only takes yuv420p, not \${pixelFormat}\`;
  if (profile !== undefined) return "it lets nobody choose a profile";
  return rate.kind === "bitrate" && rate.twoPass ? "it has no second pass" : undefined;
}

function rateArgs({ rate }: Encode): readonly string[] {
  // Every other rate says what x264 would be told for as good a picture, and what bitrate that comes to.
  if (rate.kind !== "bitrate") return ["-crf", String(rate.x264Crf)];
  const { kbps, maxKbps = kbps * 2, bufKbit = maxKbps * 2 } = rate;
  return ["-b:v", \`\${kbps}k\`, "-maxrate", \`\${maxKbps}k\`, "-bufsize", \`\${bufKbit}k\`];
}
`;
}

/** The conformance kit around it, and room for what is only this backend's. */
export function testText(name: string): string {
  return `${imports.kit}
${imports.runner}
${imports.own}

const backend = create();

// The seven laws of the contract, one test each.
await testBackend({ backend, machine });

test("${name} bids for h264 and says why it passes on the rest", async () => {
  const probe = await backend.probe(fakeContext(machine, { needs: backend.needs }).ctx);
  if (probe.state !== "ready") throw new Error(probe.reason);
  const { facts } = probe;
  for (const task of sampleTasks) {
    const answer = backend.score(task, facts);
    if (answer.kind === "bid") expect(task.encode?.codec).toBe("h264");
    else expect(answer.reason).toMatch(/^it /);
  }
});
`;
}
