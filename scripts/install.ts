import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";

const root = fileURLToPath(new URL("..", import.meta.url));
const carried = ["core", "backends", "bench", "bin", "scripts", "docs", "package.json", "tsconfig.json"];
const alsoCarried = ["tsconfig.build.json", "README.md", "CHANGELOG.md", "LICENSE"];

export type Installed =
  | { readonly ok: true; readonly folder: string; readonly package: string; remove(): Promise<void> }
  | { readonly ok: false; readonly reason: string };

/**
 * Packs this checkout and installs the result in an empty folder elsewhere, as anyone would. It is packed from a copy,
 * since packing changes package.json for a moment.
 */
export async function installPackage(): Promise<Installed> {
  const home = await mkdtemp(join(tmpdir(), "vendue-package-"));
  const [source, folder] = [join(home, "source"), join(home, "elsewhere")];
  await Promise.all([mkdir(source), mkdir(folder)]);
  await Promise.all(
    [...carried, ...alsoCarried].map((name) => cp(join(root, name), join(source, name), { recursive: true })),
  );
  await symlink(join(root, "node_modules"), join(source, "node_modules"));
  const npm = (cwd: string, ...args: readonly string[]) => execa("npm", args, { cwd, reject: false });
  const packed = await npm(source, "pack", "--pack-destination", home, "--json");
  if (packed.exitCode !== 0) throw new Error(`npm pack failed: ${packed.stderr}`);
  await writeFile(join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
  const [, name = ""] = /"filename": "([^"]+)"/.exec(packed.stdout) ?? [];
  const added = await npm(folder, "install", "--prefer-offline", "--no-audit", "--no-fund", join(home, name));
  if (added.exitCode !== 0) {
    await rm(home, { recursive: true, force: true });
    if (!/E(NOTFOUND|CONNREFUSED|TIMEDOUT|AI_AGAIN|NOTCACHED|CONNRESET)/.test(added.stderr))
      throw new Error(`npm install failed: ${added.stderr}`);
    return { ok: false, reason: `the package registry cannot be reached: ${added.stderr.split("\n")[0] ?? ""}` };
  }
  const remove = () => rm(home, { recursive: true, force: true });
  return { ok: true, folder, package: join(folder, "node_modules/vendue"), remove };
}
