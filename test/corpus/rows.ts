import { pictureRows } from "./picture.ts";
import type { Row } from "./row.ts";
import { soundRows } from "./sound.ts";
import { streamRows } from "./streams.ts";
import { timeRows } from "./time.ts";

/** The whole corpus, in the order of the table in docs/media.md. */
export const rows: readonly Row[] = [...timeRows, ...soundRows, ...pictureRows, ...streamRows];
