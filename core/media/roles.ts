import { type Role, ROLES } from "../types.ts";

/** ffmpeg's own words for the roles; the rest are the same. */
const ffmpegWords: Readonly<Partial<Record<Role, string>>> = {
  "hearing-impaired": "hearing_impaired",
  "visual-impaired": "visual_impaired",
  commentary: "comment",
};

/** The word of `-disposition` for a role. */
export function dispositionOf(role: Role): string {
  return ffmpegWords[role] ?? role;
}

/** The roles whose ffmpeg word is said of a stream. */
export function rolesIn(isSaid: (word: string) => boolean): readonly Role[] {
  return ROLES.filter((role) => isSaid(dispositionOf(role)));
}
