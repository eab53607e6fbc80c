#!/usr/bin/env node
// The door for people: the sources of a checkout, or what a package was built to.
import { existsSync, readFileSync } from "node:fs";
import module from "node:module";

const argument = process.argv[2];
if (argument === "--version" || argument === "-V") {
  // Answered without loading anything, since scripts ask it often.
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  console.log(version);
} else {
  const source = new URL("../core/cli/mod.ts", import.meta.url);
  const isCheckout = existsSync(source);
  // Newer Node keeps what it compiled.
  module.enableCompileCache?.();
  // Newer Node reads TypeScript itself; Node 20 needs help.
  if (isCheckout && !process.features.typescript) (await import("tsx/esm/api")).register();
  const { main } = await import(isCheckout ? source.href : new URL("../dist/core/cli/mod.js", import.meta.url).href);
  await main(process.argv.slice(2));
}
