import { basename } from "node:path";
import type { Problem } from "../errors.ts";
import { plainLanguage } from "../media/mod.ts";
import type { AudioInfo, AudioWish, Media, MediaInfo, TrackWish, Warning } from "../types.ts";
import type { Render } from "./stages.ts";
import type { Clip } from "./timeline.ts";
import type { Label } from "./label.ts";

/** How one track of an output finds what it is made of in each clip. */
export type Pick =
  | { readonly kind: "main" }
  | { readonly kind: "nth"; readonly nth: number }
  | { readonly kind: "named"; readonly wish: TrackWish }
  | { readonly kind: "mix" };

/** The track that plays where nobody chooses: loudness is measured on it, and most outputs hold it alone. */
export const mainTrack: Pick = { kind: "main" };

export function picksOf(
  { tracks }: { readonly tracks: AudioWish["tracks"] },
  clips: readonly Clip[],
  { files }: Media,
): readonly Pick[] {
  if (tracks === "first") return [mainTrack];
  if (tracks === "mix") return [{ kind: "mix" }];
  if (tracks !== "all") return tracks.map((wish) => ({ kind: "named", wish }));
  const most = Math.max(0, ...clips.map(({ source }) => files[source]?.audio.length ?? 0));
  return Array.from({ length: most }, (_, nth) => ({ kind: "nth", nth }));
}

/** Numbers of the tracks of one file that a pick takes: none, one, or all of them to be mixed. */
export function tracksFor(pick: Pick, info: MediaInfo | undefined): readonly number[] {
  const audio = info?.audio ?? [];
  if (audio.length === 0) return [];
  const only = (nth: number) => (nth >= 0 && nth < audio.length ? [nth] : []);
  switch (pick.kind) {
    case "main":
      return [
        Math.max(
          0,
          audio.findIndex(({ isDefault }) => isDefault),
        ),
      ];
    case "nth":
      return only(pick.nth);
    case "named":
      return only(audio.findIndex((track) => isMeant(track, pick.wish)));
    case "mix":
      return audio.map((_, nth) => nth);
  }
}

/** A language without a role means the programme itself, not what is said about it. */
function isMeant({ language, roles }: AudioInfo, wish: TrackWish): boolean {
  if (wish.language !== undefined && language !== plainLanguage(wish.language)) return false;
  return wish.role === undefined ? !roles.some((role) => aside.includes(role)) : roles.includes(wish.role);
}

const aside: readonly string[] = ["commentary", "visual-impaired", "hearing-impaired"];

/** The first track that a pick finds in these clips: it lends its name and language. */
export function leadOf(pick: Pick, clips: readonly Clip[], { files }: Media): AudioInfo | undefined {
  for (const { source } of clips) {
    const info = files[source];
    const [nth] = tracksFor(pick, info);
    if (nth !== undefined) return info?.audio[nth];
  }
  return undefined;
}

/** What an output's track is called and what it is for: as its first source has it; a mix of several has no name. */
export function labelOf(pick: Pick, clips: readonly Clip[], media: Media): Omit<Label, "isDefault"> {
  const lead = pick.kind === "mix" ? undefined : leadOf(pick, clips, media);
  const { language, title, roles = [] } = lead ?? {};
  return { roles, ...(language && { language }), ...(title && { title }) };
}

/** Tracks that were asked for by name: none has them is a mistake, some have them not is silence that is worth a word. */
export function lookUpTracks({ rendition, stage }: Render, clips: readonly Clip[], media: Media) {
  const problems: Problem[] = [];
  const warnings: Warning[] = [];
  const wishes = rendition.audio !== "none" && Array.isArray(rendition.audio.tracks) ? rendition.audio.tracks : [];
  for (const wish of wishes as readonly TrackWish[]) {
    const pick: Pick = { kind: "named", wish };
    const silent = clips.filter(({ source }) => tracksFor(pick, media.files[source]).length === 0);
    const names = [...new Set(silent.map(({ source }) => basename(source)))].join(", ");
    if (silent.length === clips.length)
      problems.push({
        code: "PIPELINE_INVALID",
        message: `No clip has a ${sayTrack(wish)} track`,
        hint: `tracks there: ${tracksThere(clips, media)}`,
        ...rendition.at,
      });
    else if (silent.length > 0)
      warnings.push({ stage, text: `${names} has no ${sayTrack(wish)} track and is silent in it` });
  }
  return { problems, warnings };
}

function tracksThere(clips: readonly Clip[], { files }: Media): string {
  const all = clips.flatMap(({ source }) => files[source]?.audio ?? []);
  const words = all.map(({ language = "und", roles }) => [language, ...roles].join(" "));
  return [...new Set(words)].join(", ") || "none";
}

function sayTrack({ language, role }: TrackWish): string {
  return [language, role].filter((word) => word !== undefined).join(" ");
}
