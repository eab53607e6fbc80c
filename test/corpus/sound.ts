import type { Row } from "./row.ts";

/** Odd in their sound. */
export const soundRows: readonly Row[] = [];
