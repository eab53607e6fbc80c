import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { VendueError } from "../../core/errors.ts";
import { environment, findProgram, hashFile, identify } from "../../core/host/mod.ts";
import type { Rig } from "./rig.ts";

/** One side of a comparison: a commit, built in a folder of its own. */
export interface Checkout {
  readonly commit: string;
  readonly folder: string;
  /** How it is started. */
  readonly command: readonly string[];
}

export interface Checkouts {
  readonly base: Checkout;
  readonly head: Checkout;
  remove(): Promise<void>;
}

/** Puts both commits into worktrees and installs what they need. The working copy is not touched. */
export async function checkOut(
  { base, head }: { readonly base: string; readonly head: string },
  folder: string,
  rig: Rig,
): Promise<Checkouts> {
  const git = tool("git", "git compares commits; install it");
  const ask = async (...args: string[]) => {
    const { stdout, stderr, exitCode } = await rig.host.spawn({
      ...{ program: git, args: ["-C", folder, ...args], keepStdout: true, signal: rig.signal, limitSec: 120 },
    });
    rig.signal.throwIfAborted();
    if (exitCode !== 0)
      throw new VendueError("USAGE", `git ${args[0]} failed: ${stderr.trim().split("\n").at(-1) ?? ""}`, {
        hint: "name two commits: vendue bench compare main..HEAD",
      });
    return stdout.trim();
  };
  const root = await ask("rev-parse", "--show-toplevel");
  if ((await identify(join(root, "bin", "vendue.mjs"))) === undefined)
    throw new VendueError("USAGE", `${root} is not a checkout of vendue, so there is nothing to build and compare`, {
      hint: "compare runs in a clone of vendue; for encoders on this machine use: vendue bench run",
    });
  const made: string[] = [];
  const place = async (name: string, word: string): Promise<Checkout> => {
    const commit = await ask("rev-parse", "--verify", `${word}^{commit}`);
    const at = join(rig.scratch, name);
    await ask("worktree", "add", "--detach", "--quiet", at, commit);
    made.push(at);
    await install(at, root, rig);
    return { commit, folder: at, command: [process.execPath, join(at, "bin", "vendue.mjs")] };
  };
  const remove = async () => {
    const end = { ...rig, signal: new AbortController().signal };
    for (const at of made)
      await end.host.spawn({ program: git, args: ["-C", folder, "worktree", "remove", "--force", at], limitSec: 60 });
  };
  try {
    return { base: await place("base", base), head: await place("head", head), remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** What is installed here serves a side that locks the same packages; another one gets its own. */
async function install(at: string, root: string, { host, signal }: Rig): Promise<void> {
  const lock = async (folder: string) => hashFile(join(folder, "package-lock.json")).catch(() => undefined);
  const here = join(root, "node_modules");
  if ((await lock(at)) === (await lock(root)) && (await identify(join(here, ".package-lock.json"))))
    return symlink(here, join(at, "node_modules"), "junction");
  const npm = tool("npm", "npm installs what a commit needs");
  const args = ["ci", "--prefix", at, "--no-audit", "--no-fund"];
  const { exitCode, stderr } = await host.spawn({ program: npm, args, signal, limitSec: 600 });
  signal.throwIfAborted();
  if (exitCode !== 0)
    throw new VendueError("UNKNOWN", `npm ci failed in ${at}: ${stderr.trim().split("\n").at(-1) ?? ""}`, {
      hint: "see whether that commit installs by itself",
    });
}

function tool(name: string, why: string): string {
  const path = findProgram(name, environment());
  if (path === undefined) throw new VendueError("USAGE", `There is no ${name} on PATH`, { hint: why });
  return path;
}
