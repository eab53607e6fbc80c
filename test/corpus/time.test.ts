import { testRows } from "./check.ts";
import { timeRows } from "./time.ts";

testRows(timeRows);
