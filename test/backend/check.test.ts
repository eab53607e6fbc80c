import { expect, test } from "vitest";
import { checkBackend } from "../../core/backend/mod.ts";

const plain = {
  name: "plain",
  api: 1,
  probe: async () => ({ state: "absent", reason: "only a test" }),
  score: () => ({ kind: "pass", reason: "only a test" }),
  buildArgs: () => ({}),
};
const check = (module: unknown, options: Record<string, unknown> = {}) =>
  checkBackend(module, { specifier: "./mine.ts", options });
const making = (factory: () => unknown): unknown => ({ default: factory });
const made = (difference: object): unknown => making(() => ({ ...plain, ...difference }));

test("checkBackend() hands back what the factory made", async () => {
  const backend = await check({ default: () => plain });
  expect(backend).toBe(plain);
});

test("checkBackend() takes methods that live on a prototype", async () => {
  const heir: unknown = Object.create(plain);
  expect(await check({ default: () => heir })).toBe(heir);
});

const wrongOnes: readonly (readonly [unknown, string])[] = [
  [{}, "has no default export"],
  [undefined, "has no default export"],
  [{ default: plain }, "exports an object by default, not a function"],
  [making(() => undefined), "returned undefined, not a backend"],
  [making(() => Promise.resolve(plain)), "returned a promise"],
  [making(noLicence), "threw while it was made: no licence"],
  [made({ api: 2 }), "targets contract 2, this is 1"],
  [made({ api: undefined }), "states no contract version"],
  [made({ score: undefined }), "has no method score()"],
  [made({ name: "Not A Name" }), 'has the name "Not A Name"'],
  [made({ name: "copy" }), 'has the name "copy"'],
  [made({ name: undefined }), "has the name undefined"],
  [made({ accel: "yes" }), "says accel a string"],
  [made({ needs: { net: ["example.org"] } }), "needs net, which no backend can be granted"],
  [made({ needs: { read: "/dev" } }), "needs.read"],
  [made({ surface: { name: "system", upload: [], download: [] } }), "surface without a name of its own"],
  [{ default: () => plain, options: { type: "nonsense" } }, "no JSON schema"],
];

test.for(wrongOnes)("checkBackend() says what is wrong with %o: %s", async ([module, message]) => {
  await expect(check(module)).rejects.toMatchObject({
    name: "BackendError",
    code: "BACKEND_BROKEN",
    message: expect.stringContaining(message),
    hint: expect.stringMatching(/\w/),
  });
});

test("checkBackend() tells everything that is missing at once", async () => {
  await expect(check(making(() => ({ api: 1 })))).rejects.toThrow(/name.*probe.*score.*buildArgs/);
});

function noLicence(): never {
  throw new Error("no licence");
}

const options = {
  type: "object",
  properties: { node: { type: "string" }, slots: { type: "integer", default: 2 } },
  additionalProperties: false,
};

test("checkBackend() applies the module's schema before it is called, with defaults and without touching what it got", async () => {
  const seen: unknown[] = [];
  const given = { node: "/dev/dri/renderD129" };
  await check({ options, default: (wishes: unknown) => (seen.push(wishes), plain) }, given);
  expect(seen).toEqual([{ node: "/dev/dri/renderD129", slots: 2 }]);
  expect(given).toEqual({ node: "/dev/dri/renderD129" });
});

test("checkBackend() blames the pipeline, not the backend, for options that do not fit", async () => {
  let calls = 0;
  const module = { options, default: () => (calls++, plain) };
  await expect(check(module, { nod: "/dev/dri/renderD129", slots: "two" })).rejects.toMatchObject({
    code: "PIPELINE_INVALID",
    message: expect.stringMatching(/"nod".*slots must be integer/),
  });
  expect(calls).toBe(0);
});
