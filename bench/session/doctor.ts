import { describeBuild, environment, knownFfmpegs, readMeasured } from "../../core/host/mod.ts";
import { planEncode, timed } from "../cases/mod.ts";
import { encodedClip } from "../clips/mod.ts";
import { listSensors, runFfmpeg, type Sensor } from "../measure/mod.ts";
import { score } from "../quality/mod.ts";
import { type Measured, notMeasured } from "../types.ts";
import { openClips } from "./clips.ts";
import type { BenchDesk } from "./desk.ts";
import { headline } from "./probe.ts";

/** What the bench can and cannot do here, and whether it can be believed. */
export interface BenchDoctor {
  readonly scorer: {
    readonly program: string;
    readonly version: string;
    readonly model: Measured<string>;
    readonly neg: Measured<string>;
  };
  readonly builds: readonly { readonly path: string; readonly version: string; readonly meters: readonly string[] }[];
  readonly backends: readonly { readonly backend: string; readonly state: Measured<string> }[];
  readonly sensors: readonly Sensor[];
  readonly alignment: Measured<Alignment>;
  readonly measured: { readonly known: number; readonly stale: number };
}

/** One encode in two containers: whoever pairs frames by time gets two scores. */
export interface Alignment {
  readonly metric: string;
  readonly mp4: number;
  readonly mkv: number;
  readonly equal: boolean;
}

const meters = ["libvmaf", "xpsnr", "ssim", "psnr", "signalstats"];

export async function benchDoctor(desk: BenchDesk): Promise<BenchDoctor> {
  const { rig, scorer, survey, loaded } = desk;
  const { host } = rig;
  const paths = knownFfmpegs(host.tools, environment());
  const kept = { settings: host.settings, ffmpeg: host.tools.ffmpeg };
  const [builds, sensors, { measured, stale }] = await Promise.all([
    Promise.all(
      paths.map((path) =>
        describeBuild(path, { cache: host.settings.cache_dir, launcher: host.launcher }).catch(() => undefined),
      ),
    ),
    listSensors(),
    readMeasured(loaded, kept),
  ]);
  const none = notMeasured(
    `no ffmpeg here has libvmaf (looked at ${scorer.looked.length}); pictures are scored by SSIM and PSNR`,
  );
  return {
    scorer: { program: scorer.program, version: scorer.version, model: scorer.model ?? none, neg: scorer.neg ?? none },
    builds: builds.flatMap((build) =>
      build
        ? [{ path: build.path, version: build.version, meters: meters.filter((one) => build.filters.includes(one)) }]
        : [],
    ),
    backends: survey.backends.map(({ name, probe }) => ({
      backend: name,
      state: probe.state === "ready" ? "ready" : notMeasured(probe.reason),
    })),
    sensors,
    alignment: await testAlignment(desk),
    measured: { known: measured.length, stale },
  };
}

async function testAlignment(desk: BenchDesk): Promise<Measured<Alignment>> {
  const [clip] = await openClips({ names: ["sport"], size: { width: 192, height: 108 }, frames: 48 }, desk);
  if (clip === undefined) return notMeasured("there is no clip to test with");
  const scores: number[] = [];
  let metric = "";
  for (const container of ["mp4", "mkv"] as const) {
    const planned = planEncode(
      {
        ...{ backend: "cpu", codec: "h264", effort: "faster", rate: { kind: "quality", quality: 80 }, clip, container },
        ...{ folder: desk.rig.scratch, name: `alignment-${container}` },
      },
      desk,
    );
    const command = planned.ok ? planned.plan.commands[0] : undefined;
    if (!planned.ok || command === undefined) return notMeasured("no software encoder for h264 works here");
    await runFfmpeg({ ...timed(command, "full"), accel: false }, desk.rig);
    const told = headline(await score(encodedClip(planned.plan.output, clip), { scorer: desk.scorer }, desk.rig));
    scores.push(told.value);
    metric = told.metric;
  }
  const [mp4 = 0, mkv = 0] = scores;
  return { metric, mp4, mkv, equal: Math.abs(mp4 - mkv) < 1e-6 };
}
