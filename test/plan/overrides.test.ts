import { expect, test } from "vitest";
import type { Backend } from "../../core/backend/mod.ts";
import { parse } from "../../core/pipeline/mod.ts";
import { isNamed } from "../../core/plan/auction.ts";
import { explainPlan, makePlan } from "../../core/plan/mod.ts";
import type { Override, Plan, RenderJob, Survey } from "../../core/types.ts";
import { backends, mediaFor, survey } from "../support/machine.ts";

/** A card with two devices: the second is a variant of the first. */
const card: Backend = {
  name: "card",
  api: 1,
  probe: () => Promise.resolve({ state: "ready", facts: {} }),
  score: ({ encode }) => ({
    kind: "bid",
    speed: 20,
    quality: 0.9,
    device: "0",
    ...(encode && {
      encoder: `${encode.codec}_card`,
      variants: [
        { name: "plain", when: ["FEATURE_REFUSED"] },
        { name: "gpu 1", device: "1", when: ["DEVICE_BUSY"] },
      ],
    }),
  }),
  buildArgs: ({ ops, encode, variant }) => ({
    filters: ops,
    ...(encode && {
      encode: { on: "system", args: ["-c:v", `${encode.codec}_card`, "-gpu", variant === "gpu 1" ? "1" : "0"] },
    }),
  }),
};

const from = "environment";
const two: Survey = {
  ...survey,
  backends: [
    { name: "card", specifier: "card", accel: true, probe: { state: "ready", facts: {} } },
    ...survey.backends,
  ],
};

function planWith(...overrides: readonly Override[]): Plan {
  const pipeline = parse(
    "version: 1\ninputs: { a: a.mp4 }\nstages:\n  - id: web\n    export: { output: out/x.mp4 }\n",
    { file: "/show/p.yaml" },
  );
  return makePlan(pipeline, mediaFor(pipeline), { ...two, overrides }, { backends: [card, ...backends] });
}

const ladder = ({ jobs }: Plan) =>
  jobs
    .filter((job): job is RenderJob => job.kind === "render")
    .flatMap(({ bids }) =>
      bids.map(({ backend, device, variant }) => [backend, device, variant?.name ?? ""].join(" ").trim()),
    );
const refusals = ({ offers }: Plan) =>
  offers.flatMap((offer) => (offer.kind === "refused" ? [`${offer.backend}: ${offer.reason}`] : []));

test("a plan without overrides lists the card, its reduced forms and its other device, then software", () => {
  expect(ladder(planWith())).toEqual(["card 0", "card 0 plain", "card 1 gpu 1", "cpu cpu"]);
});

test("enable_gpu: false leaves every GPU alone and says who said so", () => {
  const plan = planWith({ kind: "enable_gpu", value: "false", from });
  expect(ladder(plan)).toEqual(["cpu cpu"]);
  expect(refusals(plan)).toContain("card: the GPU is turned off (enable_gpu by environment)");
});

test("disable leaves out backends and single encoders", () => {
  expect(ladder(planWith({ kind: "disable", value: "nvenc, card", from }))).toEqual(["cpu cpu"]);
  const plan = planWith({ kind: "disable", value: "h264_card", from });
  expect(ladder(plan)).toEqual(["cpu cpu"]);
  expect(refusals(plan)).toContain("card: h264_card is disabled (disable by environment)");
});

test("force goes before any cost, and the ladder stays below it", () => {
  expect(ladder(planWith({ kind: "force", value: "cpu", from }))[0]).toBe("cpu cpu");
  expect(ladder(planWith({ kind: "force", value: "libx264", from })).at(-1)).toBe("card 1 gpu 1");
});

test("gpu_device keeps to one device, and its first form is no reduced one", () => {
  expect(ladder(planWith({ kind: "gpu_device", value: "1", from }))).toEqual(["card 1", "cpu cpu"]);
});

test.each(["1", "GPU-b", "RTX 3090"])("gpu_device %s keeps to one device by number, UUID or name", (value) => {
  expect(isNamed("1 GPU-b NVIDIA GeForce RTX 3090", value)).toBe(true);
  expect(isNamed("0 GPU-a NVIDIA GeForce RTX 4090", value)).toBe(false);
});

test("gpu_device takes a node with or without its folder", () => {
  expect([isNamed("renderD128", "/dev/dri/renderD128"), isNamed("renderD129", "renderD128")]).toEqual([true, false]);
});

test("gpu_device that names nothing here refuses the bid, and says what there is", () => {
  const plan = planWith({ kind: "gpu_device", value: "7", from });
  expect(ladder(plan)).toEqual(["cpu cpu"]);
  expect(refusals(plan)).toContain("card: gpu_device is 7 (by environment), and here is 0, 1");
});

test("an override is shown in the plan that it decided", () => {
  expect(explainPlan(planWith({ kind: "force", value: "cpu", from: "environment VENDUE_FORCE" }))).toMatch(
    /override +force cpu +environment VENDUE_FORCE/,
  );
});

test("a file says who encoded it, and whether a GPU had failed before", () => {
  const [card0, , , cpu] = planWith().jobs.flatMap((job) => (job.kind === "render" ? job.bids : []));
  const stampOf = (bid: typeof cpu) => bid?.commands[0]?.args.find((arg) => arg.startsWith("encoding_tool="));
  expect(stampOf(card0)).toBe(
    "encoding_tool=vendue; backend=card; encoder=h264_card; gpu_accel=true; gpu_fallback=false",
  );
  expect(stampOf(cpu)).toBe("encoding_tool=vendue; backend=cpu; encoder=libx264; gpu_accel=false; gpu_fallback=true");
});
