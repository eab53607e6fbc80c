/**
 * `npm run build`: what a package carries, in dist/. Every room as JavaScript with its types, for those who import it;
 * and the command line once more in a few larger files, since opening hundreds of small ones is most of a short start.
 */
import { copyFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { execa } from "execa";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(root, "dist");

await rm(dist, { recursive: true, force: true });
await execa(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", "tsconfig.build.json"], {
  cwd: root,
  stdio: ["ignore", "inherit", "inherit"],
});
// Written by a generator as JavaScript already.
for (const name of ["validate.js", "validate.d.ts"])
  await copyFile(join(root, "core/pipeline", name), join(dist, "core/pipeline", name));

await rm(join(dist, "core/cli"), { recursive: true });
await build({
  entryPoints: [join(root, "core/cli/mod.ts")],
  // At the depth of the rooms, so that paths told from here are the same.
  outdir: join(dist, "core/cli"),
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  // Loaded by few commands, or by nobody who has not installed them.
  external: ["ajv", "pino", "prom-client", "tinybench", "tsx", "vitest"],
  // Packages of the older kind ask for the platform's modules by require.
  banner: {
    js: 'import { createRequire as vendueRequire } from "node:module";\nconst require = vendueRequire(import.meta.url);',
  },
  logLevel: "warning",
});
