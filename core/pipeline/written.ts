import { VendueError } from "../errors.ts";
import type { Form } from "./forms.ts";

/** A value as it stands in the file: YAML has read plain numbers already. */
export type Written = string | number;

/** The text of a value that has this form. Anything else is refused, never guessed. */
export function match(value: Written, form: Form, noun: string): string {
  const text = typeof value === "number" ? plain(value) : value.trim();
  if (!new RegExp(form.pattern).test(text)) throw refuse(value, `is not a ${noun}`, form);
  return text;
}

/** An error that names the value; the hint says how it is written. */
export function refuse(value: Written, what: string, { says }: Pick<Form, "says">): VendueError {
  return new VendueError("PIPELINE_INVALID", `${JSON.stringify(value)} ${what}`, { hint: `write ${says}` });
}

/** No exponents: 1e-7 has no place in a file that people read. */
function plain(value: number): string {
  const text = String(value);
  return text.includes("e") && Number.isFinite(value) ? value.toFixed(6) : text;
}
