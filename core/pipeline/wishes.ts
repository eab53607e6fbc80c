import type { AnalysisWish, Pipeline, Stage } from "../types.ts";
import { headOf } from "./refs.ts";

/** Something only a pass over an input can tell, and the planner must know. */
export interface InputWish {
  readonly inputName: string;
  readonly wish: AnalysisWish;
}

/** Which inputs must be looked at, and for what, before the pipeline can be planned. */
export function wishes({ inputs, stages }: Pipeline): readonly InputWish[] {
  const byId = new Map(stages.map((stage) => [stage.id, stage]));
  function originsOf(stage: Stage): readonly string[] {
    return stage.inputs.flatMap(({ name }) => {
      const before = byId.get(headOf(name));
      return before ? originsOf(before) : [headOf(name)];
    });
  }
  const found = new Map<string, InputWish>();
  for (const stage of stages) {
    const asked = wishesOf(stage);
    const origins = asked.length > 0 ? new Set(originsOf(stage)) : new Set<string>();
    for (const { name } of inputs)
      for (const wish of origins.has(name) ? asked : [])
        found.set(JSON.stringify([name, wish]), { inputName: name, wish });
  }
  return [...found.values()];
}

function wishesOf(stage: Stage): readonly AnalysisWish[] {
  const asked: AnalysisWish[] = [];
  const copies = stage.renders.some(({ video }) => video !== "none" && video.codec === "copy");
  if (copies || (stage.kind === "cut" && stage.accuracy === "keyframe")) asked.push({ kind: "pictures" });
  if (stage.kind === "cut" && stage.silence) {
    const { thresholdDb, leastSec } = stage.silence;
    asked.push({ kind: "silence", thresholdDb, leastSec });
  }
  return asked;
}
