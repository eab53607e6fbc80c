import { readdir, readFile, rm } from "node:fs/promises";
import { release } from "node:os";
import { join } from "node:path";
import { checkProbe } from "../backend/mod.ts";
import { isVendueError } from "../errors.ts";
import type { FfmpegBuild, Probe, Survey, Surveyed } from "../types.ts";
import type { BrokenBackend, LoadedBackend } from "./backends.ts";
import type { Settings } from "./config.ts";
import { shortHash, toolKey } from "./ffmpeg.ts";
import { identify, readJson, writeJson } from "./files.ts";
import { describePlatform, probeContext } from "./probe.ts";
import { oneLine } from "./text.ts";

export interface SurveyOptions {
  readonly build: FfmpegBuild;
  readonly cache: string;
  readonly launcher: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal | undefined;
  /** Ignores what is remembered. */
  readonly fresh?: boolean;
  /** When a probe that does not answer is given up. */
  readonly probeLimitSec?: number;
}

const cacheVersion = 2;

/** Findings that pass by themselves are not worth remembering. */
const passing = new Set(["DEVICE_BUSY", "DEVICE_MEMORY", "DEVICE_LOST", "STALLED", "CANCELLED", "CRASHED"]);

/** Variables that change what a driver shows. */
const telling = /^(CUDA_VISIBLE_DEVICES|NVIDIA_\w+|LIBVA_\w+|ONEVPL_\w+|ROCR_VISIBLE_DEVICES|AMD_DEBUG|VENDUE_\w+)$/;

/** Asks every backend to look at the machine, side by side; answers are remembered until something changes. */
export async function surveyMachine(
  loaded: readonly LoadedBackend[],
  broken: readonly BrokenBackend[],
  options: SurveyOptions,
): Promise<Survey> {
  const machine = await fingerprint(options);
  const backends = await Promise.all(loaded.map((one) => surveyOne(one, machine, options)));
  const failed = broken.map(({ specifier, error }): Surveyed => ({
    name: specifier,
    specifier,
    accel: true,
    probe: {
      state: "absent",
      reason: `broken backend: ${error.message}`,
      code: error.code,
      ...(error.hint !== undefined && { hint: error.hint }),
    },
  }));
  return { ffmpeg: options.build, platform: describePlatform(), backends: [...backends, ...failed] };
}

/** When an absence is worth another look, by its class. */
const again: Readonly<Record<string, string>> = {
  DEVICE_BUSY: "in a minute",
  DEVICE_MEMORY: "in a minute",
  STALLED: "in ten minutes",
  DEVICE_LOST: "in ten minutes",
  CRASHED: "in ten minutes",
  ENCODER_MISSING: "when ffmpeg is another build",
  BACKEND_BROKEN: "when the backend is mended",
  PERMISSION_DENIED: "when the pipeline grants it",
};
const whenMachineChanges = "when a driver, a device or its rights change";

function lookAgain(probe: Probe): Pick<Surveyed, "again"> {
  return probe.state === "ready" ? {} : { again: again[probe.code ?? ""] ?? whenMachineChanges };
}

/** After a device failed, what was found out about it no longer holds. */
export async function forgetSurvey({ cache_dir }: Pick<Settings, "cache_dir">): Promise<void> {
  await rm(join(cache_dir, "survey"), { recursive: true, force: true }).catch(() => undefined);
}

async function surveyOne(one: LoadedBackend, machine: string, options: SurveyOptions): Promise<Surveyed> {
  const { backend, use, file } = one;
  const key = join(
    options.cache,
    "survey",
    `${shortHash([cacheVersion, machine, backend.name, use, await identify(file)])}.json`,
  );
  const known = options.fresh ? undefined : ((await readJson(key)) as Probe | undefined);
  const probe = known ?? (await probeSafely(one, options));
  if (known === undefined && !(probe.state === "absent" && passing.has(probe.code ?? "")))
    await writeJson(key, probe).catch(() => undefined);
  return { name: backend.name, specifier: use.specifier, accel: backend.accel ?? true, probe, ...lookAgain(probe) };
}

/** A probe that throws, hangs or talks nonsense makes its backend absent, with that as the reason. */
async function probeSafely(
  one: LoadedBackend,
  { build, launcher, env, signal, cache, probeLimitSec = 60 }: SurveyOptions,
): Promise<Probe> {
  const limit = new AbortController();
  const either = signal ? AbortSignal.any([signal, limit.signal]) : limit.signal;
  // It has to keep the process alive: a probe that waits for nothing would let Node end in the middle of a survey.
  const timer = setTimeout(() => limit.abort(), probeLimitSec * 1000);
  try {
    const answer: unknown = await Promise.race([
      one.backend.probe(probeContext(one, { build, signal: either, launcher, env, cache })),
      aborted(either),
    ]);
    const wrong = checkProbe(answer);
    return wrong.length === 0
      ? (answer as Probe)
      : { state: "absent", reason: `broken backend: probe() ${wrong.join("; ")}`, code: "BACKEND_BROKEN" };
  } catch (error) {
    if (limit.signal.aborted)
      return {
        state: "absent",
        reason: `its probe did not end within ${probeLimitSec} s`,
        code: "STALLED",
        hint: "a driver may hang; look at the system log",
      };
    if (signal?.aborted) return { state: "absent", reason: "the survey was cancelled", code: "CANCELLED" };
    return refusalOf(error);
  } finally {
    clearTimeout(timer);
    // The context ends with its probe, and so does every trial that was left running.
    limit.abort();
  }
}

/** A denied wish is no bug: its words already say who must state and who must grant it. */
function refusalOf(error: unknown): Probe {
  const { code = "BACKEND_BROKEN", hint } = isVendueError(error) ? error : {};
  const reason =
    code === "PERMISSION_DENIED" ? oneLine(error) : `broken backend: probe() threw ${oneLine(error) || "nothing"}`;
  return { state: "absent", reason, code, ...(hint !== undefined && { hint }) };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => reject(new Error("the survey went on without it"));
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}

/** Anything that can turn a yes into a no: binary, kernel, boot, drivers, device nodes, environment, user. */
async function fingerprint({ build, env }: SurveyOptions): Promise<string> {
  const read = (path: string) => readFile(path, "utf8").catch(() => "");
  const [binary, boot, nvidia, nodes] = await Promise.all([
    toolKey(build.path),
    read("/proc/sys/kernel/random/boot_id"),
    read("/proc/driver/nvidia/version"),
    readdir("/dev").then(
      (names) => names.filter((name) => /^(nvidia|dri|nvhost|v4l2|video)/.test(name)),
      () => [],
    ),
  ]);
  const told = Object.entries(env)
    .filter(([name]) => telling.test(name) && !name.endsWith("_DIR"))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return shortHash([
    binary,
    build.version,
    boot,
    nvidia,
    nodes.sort((a, b) => (a < b ? -1 : 1)),
    release(),
    told,
    process.getuid?.(),
    process.getgroups?.(),
  ]);
}
