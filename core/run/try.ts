import { join } from "node:path";
import pLimit from "p-limit";
import { type Failure, isAmbiguous } from "../ffmpeg/mod.ts";
import type { Attempt, MediaInfo, OutputReport, Piece, Promised, RankedBid, RenderJob } from "../types.ts";
import { attempt } from "./attempt.ts";
import { checkCopied } from "./copied.ts";
import { clearDevice, noteOutcome } from "./device.ts";
import type { Desk } from "./desk.ts";
import { levelsOf } from "./gain.ts";
import { judge } from "./judge.ts";
import { fileName, percent } from "./measure.ts";
import { lease } from "./lease.ts";
import { metered } from "./meter.ts";
import { level, levelChecks, type Levelling } from "./level.ts";
import { besideProof, isProvable, type Prove } from "./proof.ts";
import type { Depth } from "./examine.ts";
import { type Verified, type VerifyDesk, verifyFile } from "./verify.ts";

interface Ended {
  readonly made?: readonly OutputReport[];
  readonly failure?: Failure;
}

/** One try of one bid, metered from the moment it has its device. */
export async function tryBid(
  job: RenderJob,
  bid: RankedBid,
  { desk, nth }: { readonly desk: Desk; readonly nth: number },
): Promise<Ended & { readonly attempt: Attempt }> {
  desk.settle(job, false);
  const release = await lease(bid, desk);
  const started_sec = desk.elapsed();
  const { result, spent } = await metered(desk.meter, bid, () => tryLeased(job, bid, { desk, nth, release }));
  const { attempt: tried, ...ended } = result;
  return { ...ended, attempt: { ...tried, started_sec, ...spent } };
}

/** Device cleared, commands run, outputs verified. Nothing is published here. */
async function tryLeased(
  job: RenderJob,
  bid: RankedBid,
  { desk, nth, release }: { readonly desk: Desk; readonly nth: number; readonly release: () => void },
): Promise<Ended & { readonly attempt: Omit<Attempt, "started_sec" | "busy_sec"> }> {
  const { host, signal, gains, folder, emit } = desk;
  const { backend, encoder, device, accel } = bid;
  const begun = performance.now();
  const logFile = join(folder, `${fileName(job.id)}-${nth}.log`);
  const total = bid.commands.reduce((sum, { mediaSec }) => Math.max(sum, mediaSec), 0);
  const variant = bid.variant && { variant: bid.variant.name };
  const base = () => ({
    backend,
    encoder,
    device,
    ...variant,
    accel,
    wallSec: (performance.now() - begun) / 1000,
    log: logFile,
  });
  const doubt = await clearDevice(job, bid, { desk, logFile });
  const barred = doubt && isAmbiguous(doubt) ? await judge(doubt, job, desk) : doubt;
  if (barred) {
    release();
    if (barred.rule !== "resting") await noteOutcome(job, bid, { failure: barred, desk });
    return failed(barred, barred.rule === "resting" ? "skipped" : "failed");
  }
  const { end, checked } = await besideProof(movedBy(bid), desk, async (prove) => {
    const tried = await attempt(bid, {
      host,
      accel,
      background: job.background ?? false,
      signal,
      logFile,
      gains: levelsOf(gains),
      onTick({ mediaSec, speed, fps }) {
        const eta_sec = speed > 0 ? Math.max(0, total - mediaSec) / speed : 0;
        emit({
          type: "progress",
          job: job.id,
          percent: percent(mediaSec, total),
          media_sec: mediaSec,
          speed,
          fps,
          eta_sec,
          backend,
          encoder,
          device,
        });
      },
      // Edges of pieces keep all cores busy; the sound of the whole keeps one.
      onJoin: () => void prove?.(),
    }).finally(release);
    if (tried.outcome !== "done") return { end: tried };
    desk.settle(job, true);
    return { end: tried, checked: await verifyOutputs(job.outputs, { desk, bid, logFile, prove }) };
  });
  if (end.outcome === "cancelled" || (checked && signal?.aborted))
    return { attempt: { ...base(), outcome: "cancelled", code: "CANCELLED" } };
  if (checked) {
    await noteOutcome(job, bid, { failure: checked.failure, desk });
    if (checked.failure === undefined) return { made: checked.reports, attempt: { ...base(), outcome: "done" } };
    return failed(checked.failure, "unverified");
  }
  const failure = isAmbiguous(end.failure) ? await judge(end.failure, job, desk) : end.failure;
  await noteOutcome(job, bid, { failure, desk });
  return failed(failure, end.outcome);

  function failed(one: Failure, outcome: Attempt["outcome"]) {
    const { log, ...rest } = base();
    return {
      failure: one,
      attempt: {
        ...rest,
        outcome,
        code: one.code,
        cause: one.line,
        ...(one.hint !== undefined && { hint: one.hint }),
        // A device that rests was not even asked.
        ...(one.rule !== "resting" && { log }),
      },
    };
  }
}

interface Verifying extends Levelling {
  readonly prove: Prove | undefined;
  /** How many are decoded at once. */
  readonly beside?: number;
}

/** Outputs side by side, as many as there are cores to decode them. */
async function verifyOutputs(
  outputs: readonly Promised[],
  levelling: Verifying,
): Promise<{ readonly reports: readonly OutputReport[]; readonly failure?: Failure }> {
  const limit = pLimit(Math.max(1, levelling.desk.host.platform.cores));
  const verifying = { ...levelling, beside: outputs.length };
  const verified = await Promise.allSettled(outputs.map((one) => limit(() => verifyOutput(one, verifying))));
  const reports = verified.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const words = verified.flatMap((one) => {
    if (one.status === "rejected") return [one.reason instanceof Error ? one.reason.message : String(one.reason)];
    const wrong = one.value.checks.filter(({ ok }) => !ok);
    return wrong.map(({ name, expected, found }) => `${name}: expected ${expected}, found ${found}`);
  });
  return { reports, ...(words.length > 0 && { failure: unverified(words.join("; ")) }) };
}

async function verifyOutput(promised: Promised, { prove, ...levelling }: Verifying): Promise<OutputReport> {
  const { host, signal } = levelling.desk;
  const read = () => host.readMedia(promised.part, signal);
  const check = (one: Prove, made: Promise<MediaInfo>) =>
    checkCopied(movedBy(levelling.bid), made, { host, signal, proof: one() });
  // Two looks at one file at once, unless the first may make another file of it.
  const reading = prove && !promised.loudness ? read() : undefined;
  const proving = prove && reading && check(prove, reading);
  const verifying = verifyLevelled(promised, reading, levelling);
  await Promise.allSettled([proving, verifying]);
  const { checks: looked, report } = await verifying;
  const copied = looked.every(({ ok }) => ok) && prove ? await (proving ?? check(prove, read())) : [];
  return { path: promised.target, ...report, checks: [...looked, ...copied] };
}

/** Verified as it was encoded, and once more where its sound had to be encoded again. */
async function verifyLevelled(
  promised: Promised,
  reading: Promise<MediaInfo> | undefined,
  { beside = 1, ...levelling }: Omit<Verifying, "prove">,
): Promise<Verified> {
  const { desk, bid } = levelling;
  const { host, signal } = desk;
  // Software decodes and encodes what it is given; a device may make something else of it without a word.
  const threads = beside > 1 ? Math.max(1, Math.floor(host.platform.cores / beside)) : undefined;
  const how = { host, signal, depth: depthFor(bid, host), looks: bid.accel, threads };
  const first = await verifyFile(promised.part, promised, { ...how, reading });
  if (first.report.loudness === undefined || first.checks.some(({ ok }) => !ok)) return first;
  const { changed, loudness } = await level(promised, first.report.loudness, levelling);
  const last = changed ? await verifyAgain(promised, first, how) : first;
  const levels = promised.loudness ? levelChecks(loudness, promised.loudness) : [];
  // Too loud or too quiet is no fault of an encoder that another one could mend.
  for (const { name, ok, expected, found } of levels)
    if (!ok)
      desk.emit({ type: "warning", stage: promised.target, text: `${name}: expected ${expected}, found ${found}` });
  return { ...last, report: { ...last.report, loudness, checks: [...last.checks, ...levels] } };
}

/** Of a file with other sound only the sound is decoded again, where its picture is byte for byte the one before. */
async function verifyAgain(promised: Promised, first: Verified, how: VerifyDesk): Promise<Verified> {
  const quick = await verifyFile(promised.part, promised, { ...how, depth: "sampled", looks: false });
  if (quick.pictureSum !== first.pictureSum) return verifyFile(promised.part, promised, how);
  const whole = first.checks.find(({ name }) => name === "decodes");
  return { ...quick, checks: quick.checks.map((one) => (one.name === "decodes" && one.ok && whole ? whole : one)) };
}

/** Fewer looks where they were asked for, never at what a driver wrote; and where the source's own bits are the proof. */
function depthFor(bid: RankedBid, { settings }: Desk["host"]): Depth {
  const { accel, stranger, backend } = bid;
  if (isProvable(movedBy(bid))) return "sampled";
  return settings.verify === "full" || accel || stranger || backend === "copy" ? "full" : "sampled";
}

function movedBy({ moved, pieces }: RankedBid): readonly Piece[] {
  return moved ?? pieces?.list ?? [];
}

function unverified(line: string): Failure {
  return {
    code: "VERIFY_FAILED",
    retry: "next-bid",
    line,
    rule: "verify",
    hint: "ffmpeg said all was well, but the file is not what was planned; the log tells more",
  };
}
