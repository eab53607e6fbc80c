import { expect, test } from "vitest";
import { checkLaws, laws, type Machine } from "../../core/testing/mod.ts";
import { brokenOnes, sound } from "./broken.ts";

const machine: Machine = { os: "linux", opens: ["h264_sound"] };

test("checkLaws() finds nothing wrong with a sound backend", async () => {
  const verdicts = await checkLaws({ backend: sound, machine });
  expect(verdicts.map(({ ok }) => ok)).toEqual([true, true, true, true, true, true, "skipped"]);
  expect(verdicts.map(({ law }) => law[0])).toEqual(Object.keys(laws));
});

test.for(brokenOnes)("checkLaws() catches one that $what by law $law", async ({ backend, law, says }) => {
  const verdicts = await checkLaws({ backend, machine, probeLimitSec: 0.2 });
  expect(verdicts.filter(({ ok }) => ok === false).map((one) => one.law[0])).toEqual([String(law)]);
  expect(verdicts[law - 1]?.why).toContain(says);
});

test("checkLaws() encodes for real where it is given the means", async () => {
  const asked: string[] = [];
  const works = await checkLaws({
    backend: sound,
    machine,
    tryEncode: async ({ encode }) => {
      asked.push(encode?.args[1] ?? "");
      return { ok: true };
    },
  });
  expect(works.at(-1)?.ok).toBe(true);
  // One to probe, one second of the only codec it bids on.
  expect(asked).toEqual(["h264_sound", "h264_sound"]);

  let trials = 0;
  const lies = await checkLaws({
    backend: sound,
    machine,
    tryEncode: async () => (trials++ === 0 ? { ok: true } : { ok: false, code: "DEVICE_LOST", line: "it went away" }),
  });
  expect(lies.at(-1)).toMatchObject({ ok: false, why: "h264: it went away" });
});

test("checkLaws() says why the seventh law is skipped where the hardware is not", async () => {
  const tryEncode = async () => ({ ok: false, code: "DEVICE_MISSING", line: "no such device" }) as const;
  const verdicts = await checkLaws({ backend: sound, machine, tryEncode });
  expect(verdicts.at(-1)).toMatchObject({ ok: "skipped", why: "no such device" });
});

test("checkLaws() skips a law only by name and with the reason given", async () => {
  const loud = brokenOnes.find(({ says }) => says === "-y")?.backend ?? sound;
  const verdicts = await checkLaws({ backend: loud, machine, skip: { 5: "known, see issue 9" } });
  expect(verdicts[4]).toMatchObject({ ok: "skipped", why: "known, see issue 9" });
});
