/**
 * Whether a text is nested further than any pipeline. A YAML parser follows nesting with its own stack, and running
 * out of that can end the whole process, so this looks first. Quotes and comments are not looked at.
 */
export function isTooDeep(text: string): boolean {
  const most = 100;
  let [brackets, indent, marks, indenting] = [0, 0, 0, true];
  for (let index = 0; index < text.length; index++) {
    const letter = text[index] ?? "";
    if (letter === "\n") [indent, marks, indenting] = [0, 0, true];
    else if (letter === "[" || letter === "{") brackets++;
    else if (letter === "]" || letter === "}") brackets = Math.max(0, brackets - 1);
    else if (brackets === 0 && "-?:".includes(letter) && /\s/.test(text[index + 1] ?? " ")) marks++;
    else if (indenting && (letter === " " || letter === "\t")) indent++;
    else indenting = false;
    if (brackets > most || marks > most || indent > 4 * most) return true;
  }
  return false;
}
