import { basename, extname } from "node:path";
import type { Accel, BackendUse, InputDecl, Pipeline, Prefer } from "../types.ts";
import { check } from "./check.ts";
import { type Cell, type Cells, cellsOf, type Desk, fail, itemsOf, textOf, word } from "./desk.ts";
import { readDocument } from "./document.ts";
import { isMap, show } from "./pointer.ts";
import { schema } from "./schema.ts";
import { readStages } from "./stages.ts";
import { stopIfWrong } from "./stop.ts";
import { validate } from "./validate.js";
import { fillIn } from "./variables.ts";

export interface ParseOptions {
  /** Where the text came from: it names the errors, and every relative path starts at it. */
  readonly file: string;
  /** Values for variables, in place of their defaults. */
  readonly set?: Readonly<Record<string, string>>;
  /** What holds where the file does not say. */
  readonly defaults?: { readonly accel?: Accel; readonly prefer?: Prefer };
}

/** Reads a pipeline file. Throws a {@link PipelineError} that holds every mistake at once, each with its place. */
export function parse(text: string, { file, set = {}, defaults = {} }: ParseOptions): Pipeline {
  const stem = basename(file, extname(file)) || "pipeline";
  const { data, desk } = readDocument(text);
  if (desk.problems.length === 0 && !isMap(data)) refuseTop(desk, data);
  if (!isMap(data)) stopIfWrong(file, desk);

  const top = cellsOf({ value: check(desk, fillIn(desk, data, { set, stem }), { schema, validate }), at: "" });
  const inputs = readInputs(desk, top.get("inputs"));
  const stages = readStages(desk, top.get("stages"), inputs);
  const pipeline: Pipeline = {
    version: 1,
    name: word(top.get("name")) ?? stem,
    file,
    accel: readAccel(desk, top) ?? defaults.accel ?? "preferred",
    prefer: word<Prefer>(top.get("prefer")) ?? defaults.prefer ?? "balanced",
    backends: itemsOf(top.get("backends")).map((cell) => readBackend(desk, cell)),
    inputs,
    stages,
  };
  stopIfWrong(file, desk);
  return pipeline;
}

function refuseTop(desk: Desk, data: unknown): void {
  const message = data === null || data === undefined ? "The file is empty" : `${show(data)} is no pipeline`;
  fail(desk, "", { message, hint: "start with version: 1, then inputs: and stages:; vendue init writes an example" });
}

function readAccel(desk: Desk, top: Cells): Accel | undefined {
  const [plain, accel] = [top.get("use_gpu"), top.get("accel")];
  if (plain && accel)
    fail(desk, plain.at, {
      message: `use_gpu: ${show(plain.value)} and accel: ${textOf(accel)} say the same thing twice`,
      hint: "keep one of them",
      key: true,
    });
  if (plain) return plain.value === true ? "preferred" : "off";
  return word<Accel>(accel);
}

function readInputs(desk: Desk, cell: Cell | undefined): readonly InputDecl[] {
  const named = [...cellsOf(cell)].filter(([name]) => !name.startsWith("x-"));
  return named.map(([name, input]) => {
    const cells = cellsOf(input);
    const path = cells.get("path") ?? input;
    const playlist = word<boolean>(cells.get("playlist")) === true;
    return { name, pattern: textOf(path), ...(playlist && { playlist }), at: desk.at(path.at) };
  });
}

function readBackend(desk: Desk, cell: Cell): BackendUse {
  const at = desk.at(cell.at);
  if (typeof cell.value === "string")
    return { specifier: cell.value, options: {}, allow: { read: [], env: [], run: [] }, at };
  const cells = cellsOf(cell);
  const allow = cellsOf(cells.get("allow"));
  const options = cells.get("options")?.value;
  const texts = (key: string) => itemsOf(allow.get(key)).map(textOf);
  return {
    specifier: word<string>(cells.get("use")) ?? "",
    options: isMap(options) ? options : {},
    allow: { read: texts("read"), env: texts("env"), run: texts("run") },
    at,
  };
}
