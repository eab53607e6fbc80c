import type { Row } from "./row.ts";

/** Odd in their picture. */
export const pictureRows: readonly Row[] = [];
