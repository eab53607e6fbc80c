import type { Amount, JobCost, Prices, RunCost } from "../types.ts";

/** Sums up; one unknown makes the whole unknown, since a sum of the rest would be taken for all of it. */
export function addUp(amounts: readonly Amount[]): Amount {
  const unknown = amounts.find((one) => "unknown" in one);
  return unknown ?? { amount: amounts.reduce((sum, one) => sum + ("amount" in one ? one.amount : 0), 0) };
}

export function inCurrency(amount: Amount, prices: Prices | undefined): JobCost {
  return prices && "amount" in amount ? { ...amount, currency: prices.currency } : amount;
}

export function perMinute(amount: Amount, mediaSec: number): Pick<RunCost, "per_output_minute"> {
  return "amount" in amount && mediaSec > 0 ? { per_output_minute: amount.amount / (mediaSec / 60) } : {};
}

/** As a person reads it: small sums keep the digits that tell them apart. */
export function sayAmount(cost: Amount & { readonly currency?: string }): string {
  if ("unknown" in cost) return `unknown (${cost.unknown})`;
  const { amount, currency = "" } = cost;
  const digits = amount === 0 || amount >= 1 ? 2 : Math.min(8, Math.ceil(-Math.log10(amount)) + 2);
  return `${amount.toFixed(digits)} ${currency}`.trimEnd();
}
