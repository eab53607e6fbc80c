import pLimit from "p-limit";
import type { Failure } from "../ffmpeg/mod.ts";
import type { MediaInfo, OutputReport, Promised } from "../types.ts";
import { checkCopied } from "./copied.ts";
import { level, levelChecks, type Levelling } from "./level.ts";
import { depthFor, movedBy, type Prove } from "./proof.ts";
import { type Verified, type VerifyDesk, verifyFile } from "./verify.ts";

interface Verifying extends Levelling {
  readonly prove: Prove | undefined;
  /** How many are decoded at once. */
  readonly beside?: number;
}

/** Outputs side by side, as many as there are cores to decode them. */
export async function verifyOutputs(
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

function unverified(line: string): Failure {
  return {
    code: "VERIFY_FAILED",
    retry: "next-bid",
    line,
    rule: "verify",
    hint: "ffmpeg said all was well, but the file is not what was planned; the log tells more",
  };
}
