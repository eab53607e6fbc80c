/** Two-sided p of Student's t. */
export function studentP(t: number, freedom: number): number {
  return incompleteBeta(freedom / 2, 0.5, freedom / (freedom + t * t));
}

/** The t that `share` of the distribution lies below, for shares above one half. */
export function studentQuantile(share: number, freedom: number): number {
  let [low, high] = [0, 1e4];
  for (let step = 0; step < 50; step += 1) {
    const middle = (low + high) / 2;
    if (1 - studentP(middle, freedom) / 2 < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Two-sided p that two groups of one variance have the same mean. */
export function tTestP(one: readonly number[], other: readonly number[]): number {
  const [a, b] = [moments(one), moments(other)];
  const freedom = one.length + other.length - 2;
  const error = Math.sqrt(((a.squares + b.squares) / freedom) * (1 / one.length + 1 / other.length));
  if (!(error > 0)) return a.mean === b.mean ? 1 : 0;
  return studentP(Math.abs(a.mean - b.mean) / error, freedom);
}

function moments(values: readonly number[]) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, squares: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) };
}

/** The regularized incomplete beta function by its continued fraction (Lentz). */
function incompleteBeta(a: number, b: number, x: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2) ? (front * fraction(a, b, x)) / a : 1 - (front * fraction(b, a, 1 - x)) / b;
}

function fraction(a: number, b: number, x: number): number {
  const tiny = 1e-300;
  const away = (value: number) => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let product = d;
  for (let m = 1; m <= 500; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    product *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    product *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return product;
}

/** Lanczos' series with g = 7, good to 15 digits. */
const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - logGamma(1 - x);
  const [first = 1, ...rest] = lanczos;
  const sum = rest.reduce((total, term, nth) => total + term / (x + nth), first);
  const base = x + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(base) - base + Math.log(sum);
}
