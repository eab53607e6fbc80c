import { dispositionOf, languageIn } from "../media/mod.ts";
import type { Container, Role } from "../types.ts";

/** What a track is called and what it is for. */
export interface Label {
  readonly language?: string;
  readonly title?: string;
  readonly isDefault: boolean;
  readonly roles: readonly Role[];
}

/** Language, title and purpose of one track of an output, in the words that its container keeps. */
export function labelArgs(
  kind: "a" | "s",
  nth: number,
  { container, language, title, isDefault, roles }: Label & { readonly container: Container },
): readonly string[] {
  const words = [...(isDefault ? ["default"] : []), ...roles.map(dispositionOf)];
  const isMov = container === "mp4" || container === "mov";
  return [
    ...(language === undefined ? [] : [`-metadata:s:${kind}:${nth}`, `language=${languageIn(container, language)}`]),
    // Players of mov and mp4 show the name of the handler where others show the title.
    ...(title === undefined ? [] : [`-metadata:s:${kind}:${nth}`, `${isMov ? "handler_name" : "title"}=${title}`]),
    ...[`-disposition:${kind}:${nth}`, words.join("+") || "0"],
  ];
}

/** The purposes that each container can say, by the roles' names. */
const keptRoles: Readonly<Record<Container, RegExp>> = {
  mp4: /^(forced|hearing-impaired|visual-impaired|commentary|dub|original)$/,
  mov: /^$/,
  mkv: /^(forced|hearing-impaired|visual-impaired|commentary|original)$/,
  webm: /^forced$/,
  ts: /^$/,
};

/** What will be found of a label when the file is read again. */
export function keptLabel(
  container: Container,
  { language, title, roles }: Label,
): Partial<Label> & Pick<Label, "roles"> {
  const titled = container === "mkv" || container === "webm";
  return {
    roles: roles.filter((role) => keptRoles[container].test(role)),
    ...(language !== undefined && { language: languageIn(container, language) }),
    ...(title !== undefined && titled && { title }),
  };
}
