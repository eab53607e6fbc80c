import { readFileSync, realpathSync } from "node:fs";
import { freemem } from "node:os";
import type { CueTrack, FfmpegBuild, MediaInfo, Override, Platform } from "../types.ts";
import { overridesOf, type Setting, type Settings } from "./config.ts";
import { describeBuild, findTools, toolKey, type Tools } from "./ffmpeg.ts";
import { analyse } from "./analyse.ts";
import { readMediaFile } from "./media.ts";
import { findProgram } from "./paths.ts";
import { describePlatform, toolLimitSec } from "./probe.ts";
import { createSensors, type Sensors } from "./sensors/sensors.ts";
import { type Ended, runningPids, spawnProgram, type SpawnOptions } from "./spawn.ts";

export interface HostOptions {
  readonly settings: Settings;
  readonly origins?: readonly Setting[];
  readonly env?: NodeJS.ProcessEnv;
}

/** This machine, as far as running a plan is concerned. */
export interface Host {
  readonly settings: Settings;
  readonly overrides: readonly Override[];
  readonly env: NodeJS.ProcessEnv;
  readonly tools: Tools;
  readonly platform: Platform;
  /** Placed before every program: on Linux it makes the kernel end the child if we die. */
  readonly launcher: readonly string[];
  build(): Promise<FfmpegBuild>;
  /** Changes whenever the ffmpeg binary does. */
  toolKey(): Promise<string>;
  spawn(options: SpawnOptions): Promise<Ended>;
  readMedia(path: string, signal?: AbortSignal): Promise<MediaInfo>;
  /** What the text tracks of a file say. */
  readCues(info: MediaInfo, signal?: AbortSignal): Promise<readonly CueTrack[]>;
  freeMemoryBytes(): number;
  /** What the machine tells of its load, its heat and its energy. */
  readonly sensors: Sensors;
  now(): Date;
}

export function createHost({ settings, origins = [], env = process.env }: HostOptions): Host {
  const tools = findTools({ ffmpeg: settings.ffmpeg }, env);
  const launcher = deathLauncher(env);
  const reading = { tools, cache: settings.cache_dir, launcher, limits: settings };
  let build: Promise<FfmpegBuild> | undefined;
  let key: Promise<string> | undefined;
  return {
    settings,
    overrides: overridesOf(origins),
    env,
    tools,
    platform: describePlatform(),
    launcher,
    build: () => (build ??= describeBuild(tools.ffmpeg, { cache: settings.cache_dir, launcher })),
    toolKey: () => (key ??= toolKey(tools.ffmpeg)),
    spawn: (options) => spawnProgram(options, launcher),
    readMedia: (path, signal) => readMediaFile(path, { ...reading, signal }),
    readCues: async (info, signal) => (await analyse(info, { kind: "cues" }, { ...reading, signal })).tracks ?? [],
    freeMemoryBytes,
    sensors: openSensors(env),
    now: () => new Date(),
  };
}

function openSensors(env: NodeJS.ProcessEnv): Sensors {
  const program = findProgram("nvidia-smi", env);
  return createSensors({
    pids: runningPids,
    ...(program !== undefined && {
      async nvidiaSmi(args) {
        const { exitCode, stdout } = await spawnProgram(
          { program, args, keepStdout: true, limitSec: toolLimitSec },
          [],
        );
        return { ok: exitCode === 0, text: stdout };
      },
    }),
  });
}

/** Busybox has a setpriv of the same name that cannot do this. */
function deathLauncher(env: NodeJS.ProcessEnv): readonly string[] {
  const setpriv = process.platform === "linux" ? findProgram("setpriv", env) : undefined;
  return setpriv && !realpathSync(setpriv).endsWith("busybox") ? [setpriv, "--pdeathsig", "KILL", "--"] : [];
}

/** What the kernel says can be used without swapping; elsewhere, what is free. */
function freeMemoryBytes(): number {
  try {
    return Number(/^MemAvailable:\s+(\d+) kB/m.exec(readFileSync("/proc/meminfo", "utf8"))?.[1]) * 1024 || freemem();
  } catch {
    return freemem();
  }
}
