import { link, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { VendueError } from "../errors.ts";
import { writeRefusal } from "./files.ts";

/**
 * Claims a file name for this process. Two runs never write to one output at once; the lock of a process that died
 * is taken over, since its process number and start time no longer match anything alive.
 */
export async function claim(path: string): Promise<() => Promise<void>> {
  const mine = JSON.stringify({ pid: process.pid, started: await startTime(process.pid) });
  for (let tries = 0; tries < 3; tries += 1) {
    if (await place(path, mine)) {
      await sweep(path);
      return () => rm(path, { force: true });
    }
    if (await isHeld(path))
      throw new VendueError("OUTPUT_LOCKED", `Another run is writing this output (lock ${path})`, {
        hint: "wait for it to end, or write to another name",
        data: { lock: path },
      });
    await rm(path, { force: true });
  }
  throw new VendueError("OUTPUT_LOCKED", `The lock ${path} keeps coming back`, {
    hint: "look for another run of the same pipeline",
  });
}

/** The lock appears with its text in it, so nobody can find it empty and take it for abandoned. */
async function place(path: string, text: string): Promise<boolean> {
  const part = `${path}.${process.pid}`;
  try {
    await writeFile(part, text);
    await link(part, path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    if (code === "EPERM" || code === "ENOTSUP" || code === "ENOSYS" || code === "EOPNOTSUPP")
      return placePlainly(path, text);
    throw writeRefusal(path, error);
  } finally {
    await rm(part, { force: true });
  }
}

/** For file systems without links, such as exFAT and many network shares. */
function placePlainly(path: string, text: string): Promise<boolean> {
  return writeFile(path, text, { flag: "wx" }).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "EEXIST") return false;
      throw writeRefusal(path, error);
    },
  );
}

/** Removes what a process left behind that was killed while it placed its lock. */
async function sweep(path: string): Promise<void> {
  const folder = dirname(path);
  const names = await readdir(folder).catch(() => [] as string[]);
  const stale = names.filter(
    (name) => name.startsWith(`${basename(path)}.`) && !isAlive(Number(name.slice(basename(path).length + 1))),
  );
  await Promise.all(stale.map((name) => rm(join(folder, name), { force: true })));
}

async function isHeld(path: string): Promise<boolean> {
  const text = await readFile(path, "utf8").catch(() => "");
  const [, pid = "", started = ""] = /"pid":(\d+),"started":"(\d*)"/.exec(text) ?? [];
  return pid !== "" && isAlive(Number(pid)) && (await startTime(Number(pid))) === started;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Linux tells when a process started, so a number used again is not mistaken for the old process. */
async function startTime(pid: number): Promise<string> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return text.slice(text.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}
