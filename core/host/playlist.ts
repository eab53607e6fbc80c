import { readFile, realpath, stat } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { VendueError } from "../errors.ts";
import { isPlaylist, playlistUris, strays } from "../media/mod.ts";

const mostBytes = 4 * 1024 * 1024;
const mostPlaylists = 50;

/** Follows a playlist that was asked for: whatever it opens has to lie in its own folder, links followed. */
export async function confinePlaylist(path: string): Promise<void> {
  const home = await realpath(dirname(path));
  const waiting = [path];
  const seen = new Set<string>();
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    if (seen.size > mostPlaylists || (await stat(at)).size > mostBytes)
      throw refused(path, "it is larger, or holds more playlists, than any that is real");
    for (const uri of playlistUris(await readFile(at, "utf8"))) {
      const why = strays(uri);
      if (why !== undefined) throw refused(path, `it names ${JSON.stringify(uri)}, and ${why}`);
      const file = join(dirname(at), uri);
      const real = await realpath(file).catch(() => undefined);
      if (real === undefined) throw refused(path, `it names ${JSON.stringify(uri)}, which is not there`);
      if (!real.startsWith(home + sep))
        throw refused(path, `it names ${JSON.stringify(uri)}, a link out of its folder`);
      if (isPlaylist(file)) waiting.push(file);
    }
  }
}

export function notAsked(path: string): VendueError {
  return new VendueError("INPUT_REFUSED", `${path} is a playlist, which opens other files`, {
    hint: "say so if that is meant: { path: show.m3u8, playlist: true }; its files have to lie in its own folder",
    data: { path },
  });
}

function refused(path: string, why: string): VendueError {
  return new VendueError("INPUT_REFUSED", `The playlist ${path} is not opened: ${why}`, {
    hint: "keep the segments in the playlist's own folder, under relative names",
    data: { path },
  });
}
