import type { Container, MediaInfo, Rendition } from "../types.ts";

/** Tags that describe the old file, not the new one. */
const stale =
  /^(encoder|encoding_tool|vendue|major_brand|minor_version|compatible_brands|duration|vendor_id|timecode|title-\w+)$/i;

/** Where something was filmed, and with which device: nobody else's business unless the user says so. */
const place = /(^|[._-])(location|gps|geo|xyz)([._-]|$)/i;
const device =
  /(^|\.)(make|model|manufacturer|software|serial(_?number)?|camera.*|lens.*|device.*|version|capture\.fps)$/i;

/** The names each container has a place for; Matroska takes any, a transport stream none. */
const known: Readonly<Record<Container, RegExp>> = {
  mp4: /^(title|artist|album_artist|composer|album|date|comment|genre|copyright|grouping|lyrics|description|synopsis|show|episode_id|network|keywords|creation_time|location)$/,
  mov: /^(title|artist|album|date|comment|genre|copyright|creation_time|location)$/,
  mkv: /./,
  webm: /./,
  ts: /^$/,
};

export interface TagPlan {
  readonly tags: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
}

/** What an output tells about itself: what all its sources agree on, and when the first of them was made. */
export function planTags(
  sources: readonly MediaInfo[],
  { metadata, location, container }: Pick<Rendition, "metadata" | "location" | "container">,
): TagPlan {
  const [first, ...others] = sources;
  if (metadata === "drop" || first === undefined) return { tags: {}, notes: [] };
  const notes: string[] = [];
  const names = (list: readonly (readonly [string, string])[]) => list.map(([name]) => name).join(", ");
  const all = Object.entries(first.tags).filter(([name]) => !stale.test(name));
  const agreed = all.filter(
    ([name, value]) => name === "creation_time" || others.every(({ tags }) => tags[name] === value),
  );
  const split = all.filter((tag) => !agreed.includes(tag));
  const isPrivate = ([name]: readonly [string, string]) => place.test(name) || device.test(name);
  const open = location === "keep" ? agreed : agreed.filter((tag) => !isPrivate(tag));
  const hidden = agreed.filter((tag) => !open.includes(tag));
  const kept = open.filter(([name]) => known[container].test(name));
  const homeless = open.filter((tag) => !kept.includes(tag));
  if (hidden.length > 0)
    notes.push(
      `${names(hidden)} left out, since they tell where or with what it was filmed; location: keep keeps them`,
    );
  if (split.length > 0) notes.push(`${names(split)} left out: the joined clips do not agree on them`);
  if (homeless.length > 0) notes.push(`${names(homeless)} left out: ${container} has no place for them`);
  return { tags: Object.fromEntries(kept), notes };
}
