import { testRows } from "./check.ts";
import { pictureRows } from "./picture.ts";

testRows(pictureRows);
