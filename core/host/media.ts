import { join } from "node:path";
import { realpath } from "node:fs/promises";
import pLimit, { type LimitFunction } from "p-limit";
import { VendueError } from "../errors.ts";
import {
  firstArgs,
  groupsOf,
  isPlaylist,
  isUnreadable,
  packetArgs,
  type PacketRange,
  packetRanges,
  readFirst,
  readPackets,
  readTogether,
  refine,
  togetherArgs,
  type Words,
} from "../media/mod.ts";
import type { MediaInfo } from "../types.ts";
import { lookCloser } from "./closer.ts";
import { identify, readJson, writeJson, type FileIdentity } from "./files.ts";
import { shortHash, toolKey, type Tools } from "./ffmpeg.ts";
import { confinePlaylist, notAsked } from "./playlist.ts";
import type { Settings } from "./config.ts";
import { type Ended, spawnProgram } from "./spawn.ts";

export interface ReadContext {
  readonly tools: Tools;
  readonly cache: string;
  readonly launcher: readonly string[];
  readonly signal?: AbortSignal | undefined;
  /** What a source may be at most. */
  readonly limits: Pick<Settings, "allow_codecs" | "max_streams" | "max_hours">;
  /** Playlists that were asked for, by absolute path; any other is refused. */
  readonly playlists?: ReadonlySet<string>;
}

/** Raised when the shape of what is remembered changes. */
const cacheVersion = 7;
const readLimitSec = 60;

/** Reads several files side by side, small ones several in one start. All that is wrong is told at once. */
export async function readMediaFiles(paths: readonly string[], context: ReadContext) {
  const limit = pLimit(4);
  const distinct = [...new Set(paths)];
  const opened = await Promise.allSettled(distinct.map((path) => limit(() => openFile(path, context))));
  const firsts = lookTogether(
    opened.flatMap((one) => (one.status === "fulfilled" && !one.value.known ? [one.value.identity] : [])),
    context,
    limit,
  );
  const read = await Promise.allSettled(
    opened.map(async (one) => {
      if (one.status === "rejected") throw one.reason;
      const first = await firsts.get(one.value.identity);
      return limit(() => readOpened(one.value, context, first));
    }),
  );
  const files: Record<string, MediaInfo> = {};
  const errors: unknown[] = [];
  read.forEach((result, nth) => {
    if (result.status === "rejected") errors.push(result.reason);
    else files[distinct[nth] ?? ""] = result.value;
  });
  return { files, errors };
}

/** What one start tells of each file; nothing of those that are to be read alone, as all are where one makes trouble. */
function lookTogether(files: readonly FileIdentity[], context: ReadContext, limit: LimitFunction) {
  const { tools, limits } = context;
  const look = async (group: readonly FileIdentity[]) => {
    const args = togetherArgs(group, { codecs: limits.allow_codecs });
    const ended = await ask(tools.ffmpeg, args, context).catch(() => undefined);
    return ended?.exitCode === 0 ? readTogether(ended, group) : undefined;
  };
  const firsts = new Map<FileIdentity, Promise<Words | undefined>>();
  for (const group of groupsOf(files)) {
    const looked = limit(() => look(group));
    const first = async (nth: number) => (await looked)?.[nth];
    group.forEach((file, nth) => firsts.set(file, first(nth)));
  }
  return firsts;
}

/** Reads one file; exact ends come from its packets. Remembered by file identity. */
export async function readMediaFile(path: string, context: ReadContext): Promise<MediaInfo> {
  return readOpened(await openFile(path, context), context);
}

interface Opened {
  readonly identity: FileIdentity;
  /** Where it is remembered. */
  readonly key: string;
  readonly known: MediaInfo | undefined;
}

async function openFile(path: string, context: ReadContext): Promise<Opened> {
  const identity = await identify(path);
  if (identity === undefined)
    throw new VendueError("INPUT_MISSING", `There is no file ${path}, or it is a folder`, {
      hint: "check the path; to mean every file of a folder, write a glob",
      data: { path },
    });
  if (identity.sizeBytes === 0)
    throw new VendueError("INPUT_CORRUPT", `${path} is empty`, { hint: "copy or export it again", data: { path } });
  if (isPlaylist(path)) {
    if (!context.playlists?.has(path)) throw notAsked(path);
    await confinePlaylist(path);
  }
  const { allow_codecs = "" } = context.limits;
  const key = await cacheKey(identity, context, ["info", allow_codecs]);
  return { identity, key, known: (await readJson(key)) as MediaInfo | undefined };
}

/** `first` is what a start for several files has told of it. */
async function readOpened({ identity, key, known }: Opened, context: ReadContext, first?: Words): Promise<MediaInfo> {
  const info = known ?? (await readFresh(identity, context, first));
  checkLimits(info, context.limits);
  if (known !== undefined) return known;
  await writeJson(key, info).catch(() => undefined);
  return info;
}

/** More than any real programme has: somebody made it to exhaust the machine, or it is damaged. */
function checkLimits(info: MediaInfo, { max_streams, max_hours }: ReadContext["limits"]): void {
  const { path, durationSec, audio, subtitles, attachments, data, angles } = info;
  const streams = audio.length + subtitles.length + attachments.length + data + angles + (info.video ? 1 : 0);
  if (streams > max_streams)
    throw new VendueError("INPUT_REFUSED", `${path} has ${streams} streams, and max_streams is ${max_streams}`, {
      hint: "raise max_streams if it is what it should be",
      data: { path },
    });
  if (durationSec > max_hours * 3600)
    throw new VendueError(
      "INPUT_REFUSED",
      `${path} is ${Math.round(durationSec / 3600)} hours long, and max_hours is ${max_hours}`,
      { hint: "raise max_hours if it is what it should be", data: { path } },
    );
}

async function readFresh({ path, sizeBytes }: FileIdentity, context: ReadContext, told?: Words): Promise<MediaInfo> {
  const { tools, limits } = context;
  const file = { path, sizeBytes };
  const look = { codecs: limits.allow_codecs, playlist: isPlaylist(path) };
  const first = told ?? (await ask(tools.ffmpeg, firstArgs(file, look), context));
  const { told: info, listing } = readFirst(first, file);
  if (isUnreadable(info))
    throw new VendueError(info.code, `${path} cannot be read: ${info.reason}`, { hint: info.hint, data: { path } });
  if (info.video === undefined && info.audio.length === 0) return info;
  const list = async (range: PacketRange, length?: "long") =>
    readPackets((await ask(tools.ffmpeg, packetArgs(info, range), context, length)).stdout);
  const ranges = packetRanges(info).slice(listing ? 1 : 0);
  const listings = [...(listing ? [listing] : []), ...(await Promise.all(ranges.map((range) => list(range))))];
  // A tail that is not there was cut off: only a listing of everything tells where.
  const torn = listings.length > 1 && Object.keys(listings.at(-1)?.streams ?? {}).length === 0;
  if (torn) listings.splice(0, listings.length, await list({}, "long"));
  const exact = refine(info, listings[0], listings.at(-1));
  return lookCloser(exact, first.stderr, (args) => ask(tools.ffmpeg, args, context));
}

/** Runs ffmpeg to its end, for what it prints. */
export async function ask(
  program: string,
  args: readonly string[],
  { launcher, signal }: ReadContext,
  length?: "long",
  onStdout?: (text: string) => void,
): Promise<Ended> {
  const limitSec = length === "long" ? 6 * 3600 : readLimitSec;
  const ended = await spawnProgram(
    {
      program,
      args,
      ...(onStdout ? { onStdout } : { keepStdout: true }),
      signal,
      limitSec,
      ...(length && { keepChars: 1 << 24 }),
    },
    launcher,
  );
  if (ended.why === "timeout")
    throw new VendueError("INPUT_CORRUPT", `Reading took longer than ${limitSec} s: ${args.at(-1) ?? ""}`, {
      hint: "check the disk or network share it is on",
    });
  if (ended.why === "cancelled") throw new VendueError("CANCELLED", "Cancelled while reading media");
  return ended;
}

/** Where what is read of a file is remembered. */
export async function cacheKey(identity: FileIdentity, { tools, cache }: ReadContext, what: unknown): Promise<string> {
  const binary = await toolKey(tools.ffmpeg);
  const real = await realpath(identity.path);
  return join(cache, "media", `${shortHash([cacheVersion, { ...identity, real }, binary, what])}.json`);
}
