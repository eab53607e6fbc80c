import { type BenchResult, type Case, type Key, type Measured, notMeasured } from "../types.ts";

/** What a case is called: everything that makes it another measurement, and nothing of the machine. */
export function caseId({
  backend,
  device,
  codec,
  effort,
  chain,
  clip,
  size,
}: Pick<Case, "backend" | "codec" | "effort" | "chain" | "clip" | "size"> & {
  readonly device?: string;
}): string {
  const who = device === undefined ? backend : `${backend}:${device}`;
  return `${who}/${codec}/${effort}/${chain}/${clip}@${size.width}x${size.height}`;
}

/** Where a case's numbers are kept. A part that is missing makes no key: nothing is compared then. */
export function keyOf({ environment, corpus }: BenchResult, { id, clip }: Case): Measured<Key> {
  const hash = corpus.hashes[clip];
  if (hash === undefined) return notMeasured(`the clip ${clip} has no hash`);
  const { machineClass, ffmpeg } = environment;
  if (machineClass === "" || ffmpeg.configHash === "") return notMeasured("the machine or its ffmpeg has no hash");
  return { case: id, corpus: hash, ffmpeg: ffmpeg.configHash, machine: machineClass };
}

export function isSameKey(one: Key, other: Key): boolean {
  return keyText(one) === keyText(other);
}

export function keyText({ case: id, corpus, ffmpeg, machine }: Key): string {
  return [id, corpus, ffmpeg, machine].join(" ");
}
