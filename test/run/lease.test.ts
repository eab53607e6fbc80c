import { expect, test } from "vitest";
import { lease } from "../../core/run/mod.ts";

const card = { backend: "nvenc", device: "0 T4", slots: 3 };

test("lease() takes as many slots as a bid encodes at once, and waits until they are free", async () => {
  const desk = { leases: new Map<string, number>(), signal: undefined };
  const release = await lease({ ...card, sessions: 2 }, desk);
  const single = await lease(card, desk);
  expect([...desk.leases.values()]).toEqual([3]);
  let started = false;
  const waiting = lease({ ...card, sessions: 2 }, desk).then((free) => ((started = true), free));
  single();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(started).toBe(false);
  release();
  (await waiting)();
  expect([...desk.leases.values()]).toEqual([0]);
});

test("lease() lets one through that needs more slots than there are, alone", async () => {
  const desk = { leases: new Map<string, number>(), signal: undefined };
  const release = await lease({ ...card, sessions: 8 }, desk);
  expect([...desk.leases.values()]).toEqual([3]);
  release();
});
