/** A playlist of segments, which ffmpeg calls hls; told by its name, since its text is not looked at unasked. */
export function isPlaylist(path: string): boolean {
  return /\.m3u8?$/i.test(path);
}

/** Everything that a playlist would open: segments, other playlists, keys and headers. */
export function playlistUris(text: string): readonly string[] {
  return text.split(/\r?\n/).flatMap((line) => {
    if (line.startsWith("#")) return [...line.matchAll(/\bURI="([^"]*)"/g)].map(([, uri = ""]) => uri);
    return line.trim() === "" ? [] : [line.trim()];
  });
}

/** Why a playlist may not open this, if it may not: it has to be a plain relative name of a file below it. */
export function strays(uri: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:/i.test(uri)) return "it is an address";
  if (/^[/\\]/.test(uri)) return "it is absolute";
  if (uri.split(/[/\\]/).includes("..")) return "it leads out of its folder";
  return /[%?\0]/.test(uri) ? "its name is encoded" : undefined;
}
