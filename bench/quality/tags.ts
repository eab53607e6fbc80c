import type { Color } from "../../core/types.ts";

/** What a file no longer says, or says differently. What the source left open may be filled in. */
export function tagChanges(source: Color, encoded: Color): readonly string[] {
  return (["primaries", "transfer", "matrix", "range"] as const).flatMap((name) => {
    const [before, after] = [source[name], encoded[name]];
    if (before === after) return [];
    // An untagged picture is taken as limited range by everyone.
    if (before === undefined) return name === "range" && after === "pc" ? ["range tv -> pc"] : [];
    if (after === undefined && name === "range" && before === "tv") return [];
    return [`${name} ${before} -> ${after ?? "nothing"}`];
  });
}
