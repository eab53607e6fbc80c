/** 1.124 as `12 % slower`, 0.9 as `10 % faster`. */
export function pace(ratio: number): string {
  return `${percent(Math.abs(ratio - 1))} ${ratio < 1 ? "faster" : "slower"}`;
}

/** 0.124 as `12 %`; small shares keep a digit. */
export function percent(share: number): string {
  if (!Number.isFinite(share)) return "any";
  const value = share * 100;
  return `${value < 9.95 ? Number(value.toFixed(1)) : Math.round(value)} %`;
}

export function chance(p: number): string {
  return p < 0.0001 ? "p < 0.0001" : `p = ${Number(p.toPrecision(2))}`;
}
