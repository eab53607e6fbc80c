import type { Stage } from "../types.ts";
import type { Desk } from "./desk.ts";
import { suggest } from "./words.ts";

/** Refuses names that nothing has, and stages that wait for each other. */
export function checkRefs(
  desk: Desk,
  stages: readonly Stage[],
  known: { readonly inputs: readonly string[]; readonly ids: readonly string[] },
): void {
  const names = [...known.ids, ...known.inputs];
  const say = (at: Stage["at"], message: string, hint: string) =>
    void desk.problems.push({ code: "PIPELINE_INVALID", message, hint, ...at });
  // Without inputs there is one mistake already, and every name would be another.
  for (const { id, inputs } of known.inputs.length > 0 ? stages : [])
    for (const { name, at } of inputs)
      if (!names.includes(headOf(name)))
        say(
          at,
          `${id} reads ${name}, which is no input and no stage`,
          suggest(
            headOf(name),
            names.filter((one) => one !== id),
          ),
        );

  // Where two things share a name, who waits for whom is anybody's guess.
  if (new Set(names).size < names.length) return;
  const byId = new Map(stages.map((stage) => [stage.id, stage]));
  const done = new Set<Stage>();
  function walk(stage: Stage, path: readonly string[]): void {
    const trail = [...path, stage.id];
    for (const { name, at } of stage.inputs) {
      const next = byId.get(headOf(name));
      if (next === undefined || done.has(next)) continue;
      const turn = trail.indexOf(next.id);
      if (turn < 0) walk(next, trail);
      else
        say(
          at,
          `The stages wait for each other: ${[...trail.slice(turn), next.id].join(" reads ")}`,
          `let ${stage.id} read something that does not need it`,
        );
    }
    done.add(stage);
  }
  for (const stage of stages) if (!done.has(stage)) walk(stage, []);
}

/** The part of `stage.clip` that this file decides; which clips there are is known once the media are. */
export function headOf(name: string): string {
  return name.split(".", 1)[0] ?? name;
}
