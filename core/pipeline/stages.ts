import type { InputDecl, Ref, Rendition, Stage, StageKind } from "../types.ts";
import { type Cell, type Cells, cellsOf, type Desk, fail, itemsOf, textOf, word } from "./desk.ts";
import { readConcat, readCut, readNormalize } from "./edits.ts";
import type { Pointer } from "./pointer.ts";
import { checkRefs } from "./refs.ts";
import { readRenditions, renderHere } from "./renditions.ts";

/** Reads the stages, gives every one an id and its inputs, and checks that they form a graph without cycles. */
export function readStages(desk: Desk, cell: Cell | undefined, inputs: readonly InputDecl[]): readonly Stage[] {
  const drafts = itemsOf(cell).map(draftOf);
  const ids = nameStages(desk, drafts, new Set(inputs.map(({ name }) => name)));
  const stages = drafts.flatMap((draft, nth) => {
    const { kind, body, cell: whole } = draft;
    if (kind === undefined || body === undefined) return [];
    const before = nth === 0 ? inputs.map(({ name }) => name) : ids.slice(nth - 1, nth).filter((id) => id !== "");
    const base = {
      id: ids[nth] ?? kind,
      at: desk.at(whole.at),
      inputs: readRefs(desk, body, { before, at: whole.at }),
    };
    return [readStage(desk, body, { ...base, kind })];
  });
  checkRefs(desk, stages, { inputs: inputs.map(({ name }) => name), ids: ids.filter((id) => id !== "") });
  return stages;
}

interface Draft {
  readonly cell: Cell;
  readonly id: Cell | undefined;
  /** Missing where the schema has refused it. */
  readonly kind: StageKind | undefined;
  readonly body: Cells | undefined;
}

function draftOf(cell: Cell): Draft {
  const cells = cellsOf(cell);
  const kind = [...cells.keys()].find(isKind);
  const body = kind && cells.get(kind);
  return { cell, id: cells.get("id"), kind, body: body?.value === undefined ? undefined : cellsOf(body) };
}

function isKind(key: string): key is StageKind {
  return key === "normalize" || key === "cut" || key === "concat" || key === "export";
}

/** Ids as given; the rest are called after their kind, with a number from the second on. */
function nameStages(desk: Desk, drafts: readonly Draft[], inputs: ReadonlySet<string>): readonly string[] {
  const taken = new Set<string>();
  for (const { id } of drafts) {
    const name = word<string>(id);
    if (id === undefined || name === undefined) continue;
    if (inputs.has(name))
      fail(desk, id.at, { message: `${name} names both an input and a stage`, hint: "give the stage another id" });
    if (taken.has(name))
      fail(desk, id.at, { message: `Two stages have the id ${name}`, hint: "give one of them another id" });
    taken.add(name);
  }
  return drafts.map(({ id, kind }) => {
    if (id !== undefined || kind === undefined) return word<string>(id) ?? "";
    let name: string = kind;
    for (let nth = 2; taken.has(name) || inputs.has(name); nth++) name = `${kind}${nth}`;
    taken.add(name);
    return name;
  });
}

function readRefs(
  desk: Desk,
  body: Cells,
  { before, at: here }: { readonly before: readonly string[]; readonly at: Pointer },
): readonly Ref[] {
  const [one, many] = [body.get("input"), body.get("inputs")];
  if (one && many)
    fail(desk, many.at, {
      message: "Both input and inputs say what the stage reads",
      hint: "keep one of them",
      key: true,
    });
  if (!one && !many) return before.map((name) => ({ name, at: desk.at(here) }));
  return itemsOf(one ?? many).flatMap((cell) =>
    cell.value === undefined ? [] : [{ name: textOf(cell), at: desk.at(cell.at) }],
  );
}

type Base = Pick<Stage, "id" | "at" | "inputs"> & { readonly kind: StageKind };

function readStage(desk: Desk, body: Cells, { kind, ...base }: Base): Stage {
  const renders: readonly Rendition[] =
    kind === "export" ? readRenditions(desk, body, base.at) : renderHere(desk, body);
  const staged = { ...base, renders };
  switch (kind) {
    case "normalize":
      return { ...staged, kind, ...readNormalize(desk, body) };
    case "cut":
      return { ...staged, kind, ...readCut(desk, body, base.at) };
    case "concat":
      return { ...staged, kind, ...readConcat(desk, body) };
    case "export":
      return { ...staged, kind };
  }
}
