import { testRows } from "./check.ts";
import { soundRows } from "./sound.ts";

testRows(soundRows);
