import { join, relative, resolve, sep } from "node:path";
import { backendTroubles } from "../backend/mod.ts";
import { VendueError } from "../errors.ts";
import { builtins, identify, writeWhole } from "../host/mod.ts";
import type { Desk } from "./main.ts";
import { backendText, testText } from "./template.ts";

/** Writes a backend that works as it stands, and its test. What is there already is never replaced. */
export async function writeNew(
  kind: string,
  name: string,
  { folder, output }: Desk & { readonly folder: string },
): Promise<void> {
  if (kind !== "backend")
    throw new VendueError("USAGE", `There is nothing new to write of the kind ${kind}`, {
      hint: "say: vendue new backend <name>",
    });
  const wrong = nameTrouble(name);
  if (wrong !== undefined)
    throw new VendueError("USAGE", `A backend cannot be named ${JSON.stringify(name)}: ${wrong}`, {
      hint: "choose another: a lower-case letter first, then letters, digits, _ or -, up to 40 in all",
    });
  const home = resolve(folder, name);
  const files = { [join(home, "mod.ts")]: backendText(name), [join(home, "mod.test.ts")]: testText(name) };
  for (const path of Object.keys(files))
    if ((await identify(path)) !== undefined)
      throw new VendueError("USAGE", `${path} is there already`, { hint: "choose another name or another --folder" });
  for (const [path, text] of Object.entries(files)) await writeWhole(path, text);
  const specifier = specifierOf(join(home, "mod.ts"));
  output.note(`wrote ${Object.keys(files).join(" and ")}`);
  output.note(`next: vendue backends test ${specifier}`);
  output.note(`then: vendue plan pipeline.yaml, with this line in it: backends: [cpu, ${specifier}]`);
}

/** The contract itself says what a name is. */
function nameTrouble(name: string): string | undefined {
  if (builtins.some((own) => own === name)) return "a built-in has that name";
  const method = () => undefined;
  const [trouble] = backendTroubles({ name, api: 1, probe: method, score: method, buildArgs: method });
  return trouble && "it is not a lower-case word of its own";
}

/** As a pipeline in this folder names it: a path that starts with a dot, or an absolute one where that is no shorter. */
function specifierOf(path: string): string {
  const way = relative(process.cwd(), path).split(sep).join("/");
  return way.startsWith("../..") ? path : way.startsWith(".") ? way : `./${way}`;
}
