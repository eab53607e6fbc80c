import { escapeXml } from "./xml.ts";

const height = 44;
/** More columns than a screen shows are drawn as the worst of their frames, so that no bad frame hides. */
const mostColumns = 600;

/** VMAF of each frame as a row of columns; a frame that fell far below its reference's stands out. */
export function renderStrip(
  title: string,
  frames: readonly number[],
  reference: readonly number[] | undefined,
): string {
  const each = Math.ceil(frames.length / mostColumns);
  const columns = Array.from({ length: Math.ceil(frames.length / each) }, (_, nth) => {
    const from = nth * each;
    const own = frames.slice(from, from + each);
    const worst = Math.min(...own);
    const at = from + own.indexOf(worst);
    return { at, score: worst, fell: at > 0 && reference?.[at] !== undefined && worst < reference[at] - 30 };
  });
  const bars = columns.map(({ at, score, fell }, nth) => {
    const tall = Math.max(1, (height * Math.max(0, score)) / 100);
    return `<rect class="${fell ? "fell" : "bar"}" x="${nth}" width="1" y="${(height - tall).toFixed(1)}" height="${tall.toFixed(1)}"><title>frame ${at}: ${score.toFixed(1)}</title></rect>`;
  });
  const lowest = Math.min(...frames.slice(1));
  return [
    `<figure class="strip"><figcaption>${escapeXml(title)} <small>worst frame ${lowest.toFixed(1)}</small></figcaption>`,
    `<svg viewBox="0 0 ${columns.length} ${height}" preserveAspectRatio="none" role="img" aria-label="${escapeXml(`${title}: VMAF of each frame`)}">`,
    ...bars,
    "</svg></figure>",
  ].join("\n");
}
