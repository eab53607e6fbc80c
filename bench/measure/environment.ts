import { cpus, release } from "node:os";
import { readFile } from "node:fs/promises";
import { environment as variables, findProgram, shortHash } from "../../core/host/mod.ts";
import type { Environment, Measured } from "../types.ts";
import { notMeasured } from "../types.ts";
import type { Rig } from "./rig.ts";

/** Where it was measured. Times of two classes of machine are never compared. */
export async function describeEnvironment({ host }: Rig): Promise<Environment> {
  const [gpus, coreLimit, build] = await Promise.all([listGpus(host.spawn), readCoreLimit(), host.build()]);
  const cpu = cpus()[0]?.model ?? "unknown";
  const { cores, os } = host.platform;
  const configHash = shortHash([build.version, build.configuration]);
  return {
    machineClass: shortHash([cpu, cores, coreLimit, gpus, os]),
    // A machine of one's own says so; everything else may have neighbours.
    sharing: variables()["VENDUE_BENCH_DEDICATED"] === "1" ? "dedicated" : "shared",
    ...{ os: `${os} ${release()}`, cpu, cores, coreLimit, gpus },
    ffmpeg: { version: build.version, configHash },
    node: process.version,
  };
}

async function listGpus(spawn: Rig["host"]["spawn"]): Promise<Environment["gpus"]> {
  const program = findProgram("nvidia-smi", variables());
  if (program === undefined) return [];
  const args = ["--query-gpu=name,driver_version", "--format=csv,noheader"];
  const { stdout } = await spawn({ program, args, keepStdout: true, limitSec: 5 });
  return stdout.split("\n").flatMap((row) => {
    const [name = "", driver = ""] = row.split(",").map((cell) => cell.trim());
    return driver === "" ? [] : [{ name, driver }];
  });
}

/** A container may have fewer cores than it sees. */
async function readCoreLimit(): Promise<Measured> {
  const text = await readFile("/sys/fs/cgroup/cpu.max", "utf8").catch(() => "");
  const [quota, period] = text.trim().split(" ").map(Number);
  return quota !== undefined && period !== undefined && quota > 0
    ? quota / period
    : notMeasured("there is no limit, or this system does not tell it");
}

/** The commit of the folder, where it is one of git's. */
export async function commitOf(folder: string, { host }: Pick<Rig, "host">): Promise<Measured<string>> {
  const program = findProgram("git", variables());
  if (program === undefined) return notMeasured("git is not installed");
  const args = ["-C", folder, "rev-parse", "HEAD"];
  const { stdout, exitCode } = await host.spawn({ program, args, keepStdout: true, limitSec: 5 });
  return exitCode === 0 ? stdout.trim() : notMeasured("this folder is not in a git repository");
}
