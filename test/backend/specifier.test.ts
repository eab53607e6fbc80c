import { expect, test } from "vitest";
import { parseSpecifier } from "../../core/backend/mod.ts";
import { isVendueError } from "../../core/errors.ts";

const options = { base: "/films/show", builtins: ["nvenc", "vaapi", "qsv", "amf", "mediacodec", "nvmpi", "cpu"] };
const parse = (text: string) => parseSpecifier(text, options);

test.for([
  ["nvenc", { kind: "builtin", name: "nvenc" }],
  ["./mine/mod.ts", { kind: "file", path: "/films/show/mine/mod.ts" }],
  ["../mine.ts", { kind: "file", path: "/films/mine.ts" }],
  ["./nvenc", { kind: "file", path: "/films/show/nvenc" }],
  ["/abs/mod.ts", { kind: "file", path: "/abs/mod.ts" }],
  ["/abs/./x/../mod.ts", { kind: "file", path: "/abs/mod.ts" }],
  ["npm:name", { kind: "npm", name: "name" }],
  ["npm:@scope/name", { kind: "npm", name: "@scope/name" }],
  ["npm:@scope/name/gpu.js", { kind: "npm", name: "@scope/name/gpu.js" }],
  // A package may be called as a built-in is; only with npm: is it meant.
  ["npm:cpu", { kind: "npm", name: "cpu" }],
  ["./a folder/it's: ü.ts", { kind: "file", path: "/films/show/a folder/it's: ü.ts" }],
] as const)("parseSpecifier() reads %j", ([text, specifier]) => {
  expect(parse(text)).toEqual(specifier);
});

test.for([
  ["nvnec", "did you mean nvenc?"],
  ["CPU", "did you mean cpu?"],
  ["vaapj", "did you mean vaapi?"],
  ["videotoolbox", "built in are nvenc"],
  ["", "built in are nvenc"],
  ["my-backend/mod.ts", "./my-backend/mod.ts"],
  ["mine.ts", "./mine.ts"],
  ["@scope/name", "npm:@scope/name"],
  ["http://example.org/mod.ts", "never downloaded"],
  ["HTTPS://example.org/mod.ts", "never downloaded"],
  ["jsr:@scope/name", "npm:@scope/name"],
  ["data:text/javascript,export default 1", "into a file"],
  ["file:///abs/mod.ts", "the path itself"],
  ["node:fs", "a built-in, a path"],
  ["npm:", "npm:name"],
  ["npm:Upper", "lower case"],
  ["npm:name@1.2.3", "npm:name"],
  ["npm:@scope/name@^2", "versions belong into package.json: npm:@scope/name"],
  ["npm:../escape", "npm:name"],
  ["npm:name/../../escape", "npm:name"],
  ["npm:.hidden", "npm:name"],
  ["npm:a b", "npm:name"],
  [" cpu", "did you mean cpu?"],
] as const)("parseSpecifier() refuses %j with a hint", ([text, hint]) => {
  let caught: unknown;
  try {
    parse(text);
  } catch (error) {
    caught = error;
  }
  expect(caught).toMatchObject({ code: "SPECIFIER_REFUSED", message: expect.stringContaining(JSON.stringify(text)) });
  expect(isVendueError(caught) && caught.hint).toContain(hint);
});
