import type { Rational } from "../types.ts";

/** A fraction in lowest terms, its denominator positive. */
export function rational(num: number, den: number): Rational {
  const divisor = (den < 0 ? -1 : 1) * (gcd(Math.abs(num), Math.abs(den)) || 1);
  return { num: num / divisor || 0, den: den / divisor };
}

/** Reads "30000/1001", "16:15" or "25"; undefined where there is no number, as in "0/0". */
export function parseRational(text: string): Rational | undefined {
  const [, num, den = "1"] = /^(-?\d+)(?:[/:](\d+))?$/.exec(text.trim()) ?? [];
  return num === undefined || Number(den) === 0 ? undefined : rational(Number(num), Number(den));
}

export function toNumber({ num, den }: Rational): number {
  return num / den;
}

/** Below zero where `a` is the smaller one, as `sort` wants it. */
export function compare(a: Rational, b: Rational): number {
  return a.num * b.den - b.num * a.den;
}

/** The exact rate behind a rounded one: 29.97 is 30000/1001. Odd rates become thousandths. */
export function nearestRate(fps: number): Rational {
  return standardRate(fps) ?? rational(Math.round(fps * 1000), 1000);
}

/** The standard rate within 0.1 % of this one, or another share, if there is one. */
export function standardRate(fps: number, within = 0.001): Rational | undefined {
  const off = (rate: Rational) => Math.abs(fps / toNumber(rate) - 1);
  const nearest = STANDARD.reduce((best, rate) => (off(rate) < off(best) ? rate : best));
  return off(nearest) <= within ? nearest : undefined;
}

const STANDARD: readonly Rational[] = [
  ...[12, 15, 24, 30, 48, 60, 120, 240].flatMap((whole) => [rational(whole, 1), rational(whole * 1000, 1001)]),
  ...[10, 20, 25, 50, 100].map((whole) => rational(whole, 1)),
  rational(25, 2),
];

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
