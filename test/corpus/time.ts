import type { Row } from "./row.ts";

/** Odd in their time. */
export const timeRows: readonly Row[] = [];
