import { createHash, randomUUID } from "node:crypto";
import { access, constants, mkdir, open, readdir, readFile, rename, rm, stat, statfs } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { VendueError } from "../errors.ts";

/** What tells one state of a file from another without reading it. */
export interface FileIdentity {
  readonly path: string;
  readonly sizeBytes: number;
  readonly mtimeMs: number;
}

export async function identify(path: string): Promise<FileIdentity | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ? { path, sizeBytes: found.size, mtimeMs: found.mtimeMs } : undefined;
}

/** Two names for one file: a link, or a path written in two ways. */
export async function isSameFile(a: string, b: string): Promise<boolean> {
  const [one, other] = await Promise.all([a, b].map((path) => stat(path, { bigint: true }).catch(() => undefined)));
  return one !== undefined && other !== undefined && one.ino === other.ino && one.dev === other.dev;
}

/** Moves a complete file to its name. At any instant the name is either the old file or the whole new one. */
export async function publish(part: string, target: string): Promise<void> {
  await syncFile(part);
  await rename(part, target);
  await syncFolder(dirname(target));
}

/** Writes a small file so that readers see the old text or the new one, never half of it. */
export async function writeWhole(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const part = join(dirname(path), `.${basename(path)}.${randomUUID().slice(0, 8)}`);
  const file = await open(part, "w");
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(part, path);
}

export async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as unknown;
  } catch {
    // Absent or torn: a cache is always allowed to have forgotten.
    return undefined;
  }
}

export async function writeJson(path: string, value: unknown): Promise<void> {
  await writeWhole(path, `${JSON.stringify(value, undefined, 1)}\n`);
}

/** Removes a part file and everything that was written under its name: pass logs, lists, metadata. */
export async function removePart(part: string): Promise<void> {
  const folder = dirname(part);
  const names = await readdir(folder).catch(() => [] as string[]);
  await Promise.all(
    names.filter((name) => name.startsWith(basename(part))).map((name) => rm(join(folder, name), { force: true })),
  );
}

/** Makes the folder of an output, before any work is spent on it. */
export async function prepareFolder(target: string): Promise<void> {
  try {
    await mkdir(dirname(target), { recursive: true });
    await access(dirname(target), constants.W_OK | constants.X_OK);
  } catch (error) {
    throw writeRefusal(target, error);
  }
}

/** Why a file cannot be written, for the person who can change it. */
export function writeRefusal(target: string, cause: unknown): VendueError {
  const { code } = cause as NodeJS.ErrnoException;
  if (code === "ENOSPC" || code === "EDQUOT") return diskFull(target, { cause });
  return new VendueError("OUTPUT_UNWRITABLE", `Cannot write into ${dirname(target)} (${code ?? String(cause)})`, {
    hint: "make the folder writable for this user, or choose another output",
    data: { path: target },
    cause,
  });
}

/** Refuses work that plainly cannot fit; a guess of the size is not enough to refuse more. */
export async function checkSpace(target: string, expectBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(dirname(target));
  const freeBytes = bavail * bsize;
  if (freeBytes < Math.max(256 * 1024, expectBytes / 4)) throw diskFull(target, { freeBytes, expectBytes });
}

function diskFull(
  target: string,
  { cause, ...data }: { cause?: unknown; freeBytes?: number; expectBytes?: number },
): VendueError {
  const free =
    data.freeBytes === undefined
      ? ""
      : `: ${Math.floor(data.freeBytes / 1e6)} MB free, about ${Math.ceil((data.expectBytes ?? 0) / 1e6)} MB needed`;
  return new VendueError("DISK_FULL", `No space left for ${target}${free}`, {
    hint: "free some space, or write to another disk",
    data: { path: target, ...data },
    cause,
  });
}

export async function hashFile(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash("sha256");
  const file = await open(path);
  try {
    // One buffer for the whole of a film, or all of it would pass through the collector.
    const buffer = Buffer.allocUnsafe(1 << 20);
    for (let bytesRead = -1; bytesRead !== 0;) {
      signal?.throwIfAborted();
      ({ bytesRead } = await file.read(buffer, 0, buffer.length));
      hash.update(buffer.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
  return hash.digest("hex");
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, "r+");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(path: string): Promise<void> {
  // Not every system can sync a folder; there the rename is as durable as it gets.
  const folder = await open(path, "r").catch(() => undefined);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}
