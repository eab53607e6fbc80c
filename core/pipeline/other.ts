import { check, type Form } from "./check.ts";
import { type Cells, cellsOf, type Desk, fail } from "./desk.ts";
import { type Kind, readDocument } from "./document.ts";
import { isMap, show } from "./pointer.ts";
import { stopIfWrong } from "./stop.ts";

/**
 * Another file of ours, such as budgets: read, held against its schema, and its mistakes told in the way of a
 * pipeline's. `finish` throws what has been found wrong so far, all of it at once.
 */
export function readChecked(
  text: string,
  {
    file,
    kind,
    form,
    hint,
  }: { readonly file: string; readonly kind: Kind; readonly form: Form; readonly hint: string },
): { readonly top: Cells; readonly desk: Desk; readonly finish: () => void } {
  const { data, desk } = readDocument(text, kind);
  const isEmpty = data === null || data === undefined;
  if (desk.problems.length === 0 && !isMap(data))
    fail(desk, "", { message: isEmpty ? "The file is empty" : `${show(data)} is no ${kind.noun}`, hint });
  const finish = () => stopIfWrong(file, desk);
  if (!isMap(data)) finish();
  return { top: cellsOf({ value: check(desk, data, form), at: "" }), desk, finish };
}
