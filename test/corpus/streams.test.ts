import { testRows } from "./check.ts";
import { streamRows } from "./streams.ts";

testRows(streamRows);
