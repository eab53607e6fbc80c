import { type Desk, fail } from "./desk.ts";
import { child, isMap, type Pointer } from "./pointer.ts";
import { suggest } from "./words.ts";

export interface Names {
  /** What `--set` gives. */
  readonly set: Readonly<Record<string, string>>;
  /** What the pipeline is called if it does not say. */
  readonly stem: string;
}

/** Words that outputs keep until each file is known; the planner fills them in. */
const late: readonly string[] = ["stage", "input", "index", "rendition", "codec", "height", "width", "ext"];

/** Replaces `${key}` in every text by what `--set` says, else by the default; `$${` stays as `${`. */
export function fillIn(desk: Desk, data: unknown, { set, stem }: Names): unknown {
  if (!isMap(data)) return data;
  const values = new Map<string, string>();
  for (const [key, value] of Object.entries(isMap(data.vars) ? data.vars : {})) {
    const at = child("/vars", key);
    if (key === "name" || late.includes(key))
      fail(desk, at, {
        message: `The variable ${key} has a meaning of its own`,
        hint: "choose another name",
        key: true,
      });
    else if (!/^[A-Za-z][A-Za-z0-9_-]*$/.test(key))
      fail(desk, at, {
        message: `${JSON.stringify(key)} cannot name a variable`,
        hint: "start with a letter and go on with letters, digits, _ or -",
        key: true,
      });
    else if (typeof value === "string" && value.includes("${"))
      fail(desk, at, {
        message: `${key}: ${JSON.stringify(value)} has a variable inside`,
        hint: "a default is plain text",
      });
    if (typeof value === "string") values.set(key, value);
  }
  for (const [key, value] of Object.entries(set)) {
    if (!values.has(key))
      fail(desk, "/vars", {
        message: `--set ${key}: no variable has this name`,
        hint: suggest(key, values.keys(), "under vars"),
      });
    else values.set(key, value);
  }

  function fill(value: unknown, at: Pointer): unknown {
    if (typeof value === "string") return fillText(value, at);
    if (Array.isArray(value)) return value.map((item, nth) => fill(item, child(at, nth)));
    if (!isMap(value)) return value;
    const skips = (key: string) => key.startsWith("x-") || (at === "" && (key === "vars" || key === "name"));
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, skips(key) ? inner : fill(inner, child(at, key))]),
    );
  }
  /** Nothing at all where a variable is unknown: the text around it must not be judged as well. */
  function fillText(text: string, at: Pointer): string | undefined {
    const isOutput = at.endsWith("/output");
    let isWhole = true;
    const filled = text.replace(/\$(\$?)\{([^}]*)(\}?)/g, (whole, escaped: string, key: string, end: string) => {
      if (escaped !== "") return whole.slice(1);
      const value = end === "" ? undefined : values.get(key);
      if (value !== undefined) return value;
      if (end !== "" && isOutput && late.includes(key)) return whole;
      isWhole = false;
      const known = [...values.keys(), ...(isOutput ? late : [])];
      const hint = late.includes(key) ? `only an output knows \${${key}}` : suggest(key, known, "known here");
      if (end !== "") fail(desk, at, { message: `\${${key}} in ${JSON.stringify(text)} is not a variable`, hint });
      else
        fail(desk, at, {
          message: `${JSON.stringify(text)} opens a variable and does not close it`,
          hint: "write ${key}, or $${ for the characters themselves",
        });
      return whole;
    });
    return isWhole ? filled : undefined;
  }

  const name = typeof data.name === "string" ? fillText(data.name, "/name") : data.name;
  values.set("name", typeof name === "string" ? name : stem);
  const filled = fill(data, "");
  return isMap(filled) && data.name !== undefined ? { ...filled, name } : filled;
}
