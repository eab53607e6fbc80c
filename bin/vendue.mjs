#!/usr/bin/env node
// The door for people. Compiled code where there is some, the sources otherwise.
import { existsSync, readFileSync } from "node:fs";

const argument = process.argv[2];
if (argument === "--version" || argument === "-V") {
  // Answered without loading anything, since scripts ask it often.
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  console.log(version);
} else {
  const compiled = new URL("../dist/core/cli/mod.js", import.meta.url);
  const isCompiled = existsSync(compiled);
  // Newer Node reads TypeScript itself; Node 20 needs help, and so do TypeScript backends of an installed package.
  if (!isCompiled && !process.features.typescript) (await import("tsx/esm/api")).register();
  const { main } = await import(isCompiled ? compiled.href : new URL("../core/cli/mod.ts", import.meta.url).href);
  await main(process.argv.slice(2));
}
