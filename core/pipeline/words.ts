/** The known word that was probably meant, if one is near. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  const words = [...known];
  const wrong = word.toLowerCase();
  const meant = words.find((one) => synonyms[one]?.includes(wrong));
  if (meant !== undefined) return meant;
  const limit = Math.max(1, Math.floor(word.length / 3));
  const [best] = words
    .filter((one) => Math.abs(one.length - word.length) <= limit)
    .map((one) => ({ one, off: distance(wrong, one.toLowerCase()) }))
    .filter(({ off }) => off <= limit)
    .sort((a, b) => a.off - b.off);
  return best?.one;
}

/** "did you mean x?" where a word is near, else the words there are. */
export function suggest(word: string, known: Iterable<string>, noun = "known here"): string {
  const near = nearest(word, known);
  const all = [...known];
  if (near !== undefined) return `did you mean ${near}?`;
  return all.length > 0 ? `${noun}: ${all.slice(0, 20).join(", ")}${all.length > 20 ? ", ..." : ""}` : `${noun}: none`;
}

/** What the same thing is called elsewhere; spelling alone would turn h265 into h264. */
const synonyms: Readonly<Record<string, readonly string[]>> = {
  // Without a prototype, since any word at all may be looked up.
  __proto__: null as never,
  h264: ["avc", "x264", "libx264", "h.264"],
  hevc: ["h265", "x265", "libx265", "h.265"],
  vp9: ["libvpx-vp9", "vp09"],
  av1: ["libsvtav1", "svtav1", "libaom-av1", "av01"],
  opus: ["libopus"],
  mp3: ["libmp3lame"],
  pcm: ["wav", "pcm_s16le"],
  mkv: ["matroska"],
  ts: ["mpegts", "m2ts", "mts"],
  mov: ["quicktime"],
  cut: ["trim", "clip", "split"],
  concat: ["join", "merge", "append"],
  export: ["render", "encode", "transcode", "compress"],
  size: ["resolution", "width", "height", "scale"],
  fps: ["framerate", "frame_rate", "max_fps"],
  max_fps: ["framerate", "frame_rate", "fps"],
  crf: ["cq", "qp", "cqp", "rf"],
  effort: ["preset", "speed"],
  container: ["format", "muxer"],
  output: ["file", "path", "to", "out"],
  keep: ["ranges", "range"],
  audio: ["sound"],
  video: ["picture"],
  off: ["none", "disabled"],
  none: ["off", "disabled"],
  stretch: ["fill"],
  cover: ["crop"],
  contain: ["pad", "letterbox"],
};

/** Edits between two words; two neighbours swapped count as one. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const next = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      next[column] = Math.min(
        (last[column] ?? 0) + 1,
        (next[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (before[column - 2] ?? 0) + 1 : Infinity,
      );
    }
    [before, last] = [last, next];
  }
  return last[b.length] ?? 0;
}
