/** Round places on an axis from zero: about `count` of them, at one, two or five times a power of ten. */
export function ticks(most: number, count = 6): readonly number[] {
  if (!(most > 0)) return [0];
  const raw = most / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * (([1, 2, 5, 10] as const).find((one) => one * power >= raw) ?? 10);
  return Array.from({ length: Math.floor(most / step + 1e-9) + 1 }, (_, nth) => Number((nth * step).toPrecision(12)));
}

/** Text cut to what fits about so many pixels, at twelve a line. */
export function fit(text: string, width: number): string {
  const most = Math.floor(width / 6.4);
  if (text.length <= most) return text;
  return most < 4 ? "" : `${text.slice(0, most - 1)}…`;
}

export function px(value: number): number {
  return Math.round(value * 100) / 100;
}
