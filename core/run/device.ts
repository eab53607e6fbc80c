import { basename, dirname, join } from "node:path";
import { classify, type Failure, isDeviceFailure } from "../ffmpeg/mod.ts";
import { forgetSurvey, readJson, removePart, shortHash, writeJson, writeWhole } from "../host/mod.ts";
import type { BreakerStatus, Command, RankedBid, RenderJob } from "../types.ts";
import { closedBreaker, noteFailure, readBreaker, statusOf, writeBreaker } from "./breaker.ts";
import type { Desk } from "./desk.ts";
import { fillIn, levelsOf } from "./gain.ts";

/** Half a second of the real command: enough to open the device in this very shape, little enough to lose. */
const trialSec = 0.5;
const trialLimitSec = 60;

/**
 * Whether a device may be used for this job now. Out of rotation: no. Never proved in this shape (size, depth,
 * filters, options), or back from a rest: a trial decides, and its answer is remembered.
 */
export async function clearDevice(
  job: RenderJob,
  bid: RankedBid,
  { desk, logFile }: { readonly desk: Desk; readonly logFile: string },
): Promise<Failure | undefined> {
  if (!bid.accel) return undefined;
  const { host } = desk;
  const nowMs = host.now().getTime();
  const breaker = await readBreaker(deviceName(bid), host);
  const status = statusOf(breaker, nowMs);
  if (status !== "closed") tellBreaker(bid, status, desk);
  if (status === "open") return resting(bid, breaker.openUntilMs ?? nowMs);
  const key = join(host.settings.cache_dir, "shapes", `${await shapeKey(job, bid, desk)}.json`);
  if (status === "closed" && (await readJson(key)) !== undefined) return undefined;
  const failure = await tryShape(bid, { ...desk, logFile });
  if (failure === undefined)
    await writeJson(key, { proved: host.now().toISOString(), by: deviceName(bid) }).catch(() => undefined);
  return failure;
}

/** A success closes the breaker; a failure of the device itself counts, and what was surveyed no longer holds. */
export async function noteOutcome(
  job: RenderJob,
  bid: RankedBid,
  { failure, desk }: { readonly failure: Failure | undefined; readonly desk: Desk },
): Promise<void> {
  if (!bid.accel || desk.signal?.aborted) return;
  const { host } = desk;
  const name = deviceName(bid);
  const before = await readBreaker(name, host);
  if (failure === undefined) {
    if (before.failures.length > 0 || before.trips > 0) await writeBreaker(name, closedBreaker, host);
    if (before.trips > 0) tellBreaker(bid, "closed", desk);
    return;
  }
  const isDevices = isDeviceFailure(failure.code) || failure.code === "VERIFY_FAILED";
  if (!isDevices || failure.rule === "resting") return;
  const nowMs = host.now().getTime();
  const after = noteFailure(before, { input: job.sources.join("\n"), nowMs });
  await writeBreaker(name, after, host);
  if (after.trips > before.trips) tellBreaker(bid, statusOf(after, nowMs), desk);
  await forgetSurvey(host.settings);
}

function resting({ backend, helper = backend, device }: RankedBid, untilMs: number): Failure {
  return {
    code: "DEVICE_LOST",
    retry: "next-bid",
    line: `${device} is out of rotation until ${new Date(untilMs).toISOString()}, because it failed on different inputs`,
    rule: "resting",
    hint: `it comes back after a trial; look at it with: vendue backends show ${helper}`,
  };
}

async function tryShape(
  bid: RankedBid,
  { host, gains, signal, logFile }: Pick<Desk, "host" | "gains" | "signal"> & { readonly logFile: string },
): Promise<Failure | undefined> {
  const command = bid.commands.at(-1);
  if (command === undefined) return undefined;
  const trials = command.writes.map((path) => ({ path, trial: join(dirname(path), `${basename(path)}-trial`) }));
  const args = shorten(command, trials);
  for (const { path, text } of command.files) await writeWhole(path, text);
  const ended = await host.spawn({
    program: host.tools.ffmpeg,
    args: fillIn(args, levelsOf(gains)),
    signal,
    stallSec: host.settings.stall_sec,
    limitSec: trialLimitSec,
    logFile,
    onProgress: () => undefined,
  });
  const { exitCode, why, stderr } = ended;
  try {
    // A program that does not start is no device's fault; the attempt itself will say so.
    if (why === "cancelled" || why === "unstartable") return undefined;
    if (why !== "exited") {
      const line = `a trial in the shape of the job ${why === "stalled" ? `showed no progress for ${host.settings.stall_sec} s` : `did not end within ${trialLimitSec} s`}`;
      return { code: "STALLED", retry: "next-bid", line, rule: "trial" };
    }
    if (exitCode !== 0)
      return classify(stderr, {
        reads: command.reads,
        writes: trials.map(({ trial }) => trial),
        exitCode,
        signal: ended.signal,
        accel: true,
      });
    for (const { trial } of trials) {
      const info = await host.readMedia(trial, signal).catch(() => undefined);
      if (info?.video === undefined)
        return {
          code: "VERIFY_FAILED",
          retry: "next-bid",
          line: "a trial in the shape of the job wrote no picture",
          rule: "trial",
        };
    }
    return undefined;
  } finally {
    await Promise.all(trials.map(({ trial }) => removePart(trial)));
  }
}

/** The same command, to other names and half a second long. Output options stand right before the name they are for. */
function shorten(
  { args }: Command,
  trials: readonly { readonly path: string; readonly trial: string }[],
): readonly string[] {
  return args.flatMap((arg) => {
    const one = trials.find(({ path }) => arg === `file:${path}`);
    return one ? ["-t", String(trialSec), `file:${one.trial}`] : [arg];
  });
}

/** What a device has to be able to do: the command without the names of its files. */
async function shapeKey({ sources }: RenderJob, bid: RankedBid, { host }: Desk): Promise<string> {
  const command = bid.commands.at(-1);
  const names = new Set(
    [...sources, ...(command?.reads ?? []), ...(command?.writes ?? [])].map((path) => `file:${path}`),
  );
  const shape = command?.args
    .map((arg) => (names.has(arg) ? "file" : arg))
    .filter((_, nth, all) => all[nth - 1] !== "-ss");
  return shortHash([await host.toolKey(), deviceName(bid), shape]);
}

function tellBreaker({ backend, helper = backend, device }: RankedBid, state: BreakerStatus, { emit }: Desk): void {
  emit({ type: "breaker", backend: helper, device, state });
}

function deviceName({ backend, helper = backend, device }: RankedBid): string {
  return `${helper} ${device}`;
}
