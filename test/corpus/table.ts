import { containers } from "./engine.ts";
import { type Holds, partsOf, type Row, usual } from "./row.ts";

/** Every row as one line of a Markdown table: what is odd about the file, and what comes out in each container. */
export function corpusTable(rows: readonly Row[]): string {
  const head = ["source", "cut and joined", "whole", "where a container differs"];
  const lines = rows.map((row) => {
    if (row.refused) return [row.name, `refused: ${row.refused.code}`, "", ""];
    const [joined, whole = ""] = partsOf(row).map((part) => tell({ ...usual[part], ...row[part] }));
    const differs = containers.flatMap((container) => {
      if (row.containers && !row.containers.includes(container)) return [`${container}: not tried`];
      const keys = [container, `joined ${container}`, `whole ${container}`] as const;
      return keys.flatMap((key) => (row.but?.[key] ? [`${key}: ${tell(row.but[key])}`] : []));
    });
    return [row.name, joined ?? "", whole, differs.join("; ")];
  });
  return [head, head.map(() => "---"), ...lines].map((cells) => `| ${cells.map(cell).join(" | ")} |`).join("\n");
}

function tell(holds: Holds): string {
  const { size, fps, frames, sec, sound, subtitles, chapters, cover, attachments, data, tags, color, pixels, warns } =
    holds;
  const list = (name: string, values: readonly string[] | undefined) =>
    values === undefined ? [] : [`${name}: ${values.length === 0 ? "none" : values.join(", ")}`];
  return [
    ...(size === undefined ? [] : [size]),
    ...(fps === undefined ? [] : [`${fps.replace(/\/1$/, "")} fps`]),
    ...(frames === undefined ? [] : [`${frames} frames`]),
    ...(sec === undefined ? [] : [`${sec} s`]),
    ...(pixels === undefined ? [] : [pixels]),
    ...(color === undefined ? [] : [color]),
    ...(sound === undefined ? [] : sound.length === 0 ? ["no sound"] : sound),
    ...list("subtitles", subtitles),
    ...list("chapters", chapters),
    ...(cover === undefined ? [] : [cover ? "cover kept" : "no cover"]),
    ...(attachments === undefined ? [] : [`${attachments} attachments`]),
    ...(data === undefined ? [] : [`${data} data streams`]),
    ...Object.entries(tags ?? {}).map(([key, value]) => (value === undefined ? `no ${key}` : `${key}: ${value}`)),
    ...(warns && warns.length > 0 ? ["with a warning"] : []),
  ].join(", ");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
