import type { Backend } from "../../core/backend/mod.ts";
import type { LawNumber } from "../../core/testing/mod.ts";
import type { Bid, Op, Probe } from "../../core/types.ts";

/** A backend that keeps every law: what the broken ones differ from. */
export const sound: Backend = {
  name: "sound",
  api: 1,
  async probe({ platform, tryEncode }): Promise<Probe> {
    if (platform.os !== "linux") return { state: "absent", reason: "not Linux" };
    const trial = await tryEncode({ encode: { on: "system", args: ["-c:v", "h264_sound"] } });
    return trial.ok ? { state: "ready", facts: { codecs: ["h264"] } } : { state: "absent", reason: trial.line };
  },
  score({ encode }) {
    if (encode && encode.codec !== "h264") return { kind: "pass", reason: `no ${encode.codec} encoder` };
    return { kind: "bid", speed: 4, quality: 0.7 };
  },
  buildArgs: ({ ops, encode }) => ({
    filters: ops,
    ...(encode && { encode: { on: "system", args: ["-c:v", "h264_sound", "-q:v", "5"] } }),
  }),
};

export interface Broken {
  readonly law: LawNumber;
  /** Words that the verdict must hold. */
  readonly says: string;
  readonly what: string;
  readonly backend: Backend;
}

const broken = (law: LawNumber, what: string, says: string, difference: Partial<Backend>): Broken => ({
  law,
  what,
  says,
  backend: { ...sound, ...difference },
});
const ready =
  (facts: unknown): Backend["probe"] =>
  async ({ platform }) =>
    platform.os === "linux" ? { state: "ready", facts } : { state: "absent", reason: "not Linux" };
const bid =
  (difference: object): Backend["score"] =>
  () =>
    ({ kind: "bid", speed: 4, quality: 0.7, ...difference }) as Bid;
const encodeAs =
  (...args: unknown[]): Backend["buildArgs"] =>
  ({ ops, encode }) => ({
    filters: ops,
    ...(encode && { encode: { on: "system", args: ["-c:v", "h264_sound", ...(args as string[])] } }),
  });
let calls = 0;

/** Each breaks one law, and the kit has to name that one. */
export const brokenOnes: readonly Broken[] = [
  broken(1, "throws while probing", "threw: no driver", {
    probe: async () => {
      throw new Error("no driver");
    },
  }),
  broken(1, "is ready on every machine", "empty machine", { probe: async () => ({ state: "ready", facts: {} }) }),
  broken(1, "is absent without a reason", "without a reason", { probe: async () => ({ state: "absent", reason: "" }) }),
  broken(1, "is absent everywhere", "absent on its own machine", {
    probe: async () => ({ state: "absent", reason: "shy" }),
  }),
  broken(1, "never ends its probe", "did not end", { probe: () => new Promise<Probe>(() => {}) }),
  broken(1, "reads what it did not ask for", "/dev/dri", {
    probe: async (ctx) =>
      (await ctx.exists("/dev/dri")) ? { state: "ready", facts: {} } : { state: "absent", reason: "no node" },
  }),
  broken(1, "asks for another variable and hides the refusal", "SECRET", {
    needs: { env: ["DISPLAY"] },
    async probe(ctx) {
      try {
        ctx.env("SECRET");
      } catch {
        /* as if nothing had happened */
      }
      return sound.probe(ctx);
    },
  }),
  broken(1, "targets another contract", "targets contract 2", { api: 2 as 1 }),
  broken(1, "has no buildArgs", "no method buildArgs()", { buildArgs: undefined as never }),
  broken(1, "answers its probe with true", "gave true", { probe: async () => true as never }),
  broken(2, "keeps a Map as facts", "a Map", { probe: ready({ codecs: new Map([["h264", 1]]) }) }),
  broken(2, "keeps undefined among its facts", "facts.driver", { probe: ready({ driver: undefined }) }),
  broken(3, "rolls dice for a score", "score() answered differently", {
    score: () => ({ kind: "bid", speed: 1 + Math.random(), quality: 0.5 }),
  }),
  broken(3, "counts its calls into the arguments", "buildArgs() answered differently", {
    buildArgs: (task, facts) => encodeAs("-g", String(calls++))(task, facts),
  }),
  broken(3, "sorts the ops of the task in place", "threw", {
    buildArgs: (task, facts) => ({ ...sound.buildArgs(task, facts), filters: (task.ops as Op[]).reverse() }),
  }),
  broken(3, "throws while it scores", "threw", {
    score: () => {
      throw new Error("what is this");
    },
  }),
  broken(4, "claims an endless speed", "Infinity", { score: bid({ speed: Infinity }) }),
  broken(4, "claims a quality of eleven", "quality of 11", { score: bid({ quality: 11 }) }),
  broken(4, "passes without a reason", "without a reason", { score: () => ({ kind: "pass", reason: " " }) }),
  broken(4, "neither bids nor passes", "not a bid or a pass", { score: () => undefined as never }),
  broken(5, "overwrites files on its own", "-y", { buildArgs: encodeAs("-y") }),
  broken(5, "brings a graph of its own", "-filter:v", { buildArgs: encodeAs("-filter:v", "scale=2:2") }),
  broken(5, "names an output", "out.mp4", { buildArgs: encodeAs("-g", "60", "out.mp4") }),
  broken(5, "puts numbers among its arguments", "not only strings", { buildArgs: encodeAs("-g", 60) }),
  broken(5, "hands a path to the inputs", "-i", {
    buildArgs: (task, facts) => ({ ...sound.buildArgs(task, facts), device: ["-i", "logo.png"] }),
  }),
  broken(6, "filters on a foreign surface", "cuda", {
    buildArgs: (task, facts) => ({ ...sound.buildArgs(task, facts), filters: [{ name: "scale_cuda", on: "cuda" }] }),
  }),
  broken(6, "encodes when nobody asked", "nobody asked", {
    buildArgs: ({ ops }) => ({ filters: ops, encode: { on: "system", args: ["-c:v", "h264_sound"] } }),
  }),
  broken(6, "forgets to encode", "encodes nothing", { buildArgs: ({ ops }) => ({ filters: ops }) }),
  broken(6, "drops every op", "drops every op", {
    buildArgs: (task, facts) => ({ ...sound.buildArgs(task, facts), filters: [] }),
  }),
];
