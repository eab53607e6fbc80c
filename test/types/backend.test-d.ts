import { expectTypeOf, test } from "vitest";
import type {
  ArgParts,
  Backend,
  BackendFactory,
  Bid,
  Encode,
  Op,
  Pass,
  Probe,
  ProbeContext,
  Task,
} from "vendue/backend";

// Only types are imported: the contract must be satisfiable with plain literals.
const plain = {
  name: "plain",
  api: 1,
  async probe({ ffmpeg, tryEncode }) {
    if (!ffmpeg.encoders.includes("h264_plain")) return { state: "absent", reason: "not in this build" };
    const trial = await tryEncode({ encode: { on: "system", args: ["-c:v", "h264_plain"] } }, { frames: 3 });
    return trial.ok ? { state: "ready", facts: { sessions: 3 } } : { state: "absent", reason: trial.line };
  },
  score: ({ encode }, { sessions }) =>
    encode?.codec === "h264"
      ? { kind: "bid", speed: 4, quality: 0.8, slots: sessions }
      : { kind: "pass", reason: "only h264" },
  buildArgs: ({ ops, encode }) => ({
    filters: ops,
    ...(encode && { encode: { on: "system", args: ["-c:v", "h264_plain"] } }),
  }),
} satisfies Backend<{ readonly sessions: number }>;

test("a literal is a backend, and any backend stands where facts are unknown", () => {
  expectTypeOf(plain).toExtend<Backend<{ readonly sessions: number }>>();
  expectTypeOf<() => Backend>().toExtend<BackendFactory>();
  expectTypeOf((_: { readonly node?: string } = {}): Backend => ({
    ...plain,
    score: () => ({ kind: "pass", reason: "" }),
  })).toExtend<BackendFactory<{ readonly node?: string }>>();
  expectTypeOf<Backend<{ readonly sessions: number }>>().toExtend<Backend>();
});

test("a probe is ready with facts or absent with a reason", () => {
  expectTypeOf<Probe<number>>().toEqualTypeOf<
    | { readonly state: "ready"; readonly facts: number }
    | { readonly state: "absent"; readonly reason: string; readonly hint?: string; readonly code?: string }
  >();
  // @ts-expect-error a refusal has a reason
  const silent: Probe = { state: "absent" };
  // @ts-expect-error readiness has facts
  const empty: Probe = { state: "ready" };
  void [silent, empty];
});

test("an answer to a task is a bid or a pass, never a boolean", () => {
  expectTypeOf<ReturnType<Backend["score"]>>().toEqualTypeOf<Bid | Pass>();
  expectTypeOf<Bid["speed"]>().toBeNumber();
  // @ts-expect-error a pass has a reason
  const pass: Pass = { kind: "pass" };
  // @ts-expect-error a bid claims both axes
  const bid: Bid = { kind: "bid", speed: 1 };
  // @ts-expect-error a bid is no promise: score is pure
  const score: Backend["score"] = async () => ({ kind: "pass", reason: "later" });
  void [pass, bid, score];
});

test("parts name no path and no map, and hand ops back unchanged", () => {
  expectTypeOf<Op>().toExtend<NonNullable<ArgParts["filters"]>[number]>();
  expectTypeOf<Task["ops"]>().toExtend<NonNullable<ArgParts["filters"]>>();
  // @ts-expect-error inputs belong to core
  const parts: ArgParts = { inputs: ["a.mp4"] };
  // @ts-expect-error an end says on which surface it works
  const nowhere: ArgParts = { encode: { args: [] } };
  void [parts, nowhere];
});

test("a probe's context opens no window to the outside", () => {
  expectTypeOf<keyof ProbeContext>().toEqualTypeOf<
    "ffmpeg" | "platform" | "signal" | "tryEncode" | "encoderOptions" | "exists" | "env" | "ask"
  >();
});

test("what a task says cannot be changed, and its bits are never bytes", () => {
  expectTypeOf<Encode["rate"]["kind"]>().toEqualTypeOf<"quality" | "crf" | "bitrate">();
  const change = (task: Task) => {
    // @ts-expect-error tasks are readonly
    task.ops = [];
    // @ts-expect-error and so are their lists
    task.ops.push({ kind: "format", pixelFormat: "nv12" });
  };
  void change;
});

test("another contract version is another type", () => {
  // @ts-expect-error this is contract 1
  const newer: Backend = { ...plain, api: 2 };
  void newer;
});
