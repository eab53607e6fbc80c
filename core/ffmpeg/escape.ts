import { isAbsolute } from "node:path";
import { VendueError } from "../errors.ts";

/** A path as ffmpeg takes it after `-i`: a dash, a colon or a word like `http:` in front can no longer mislead it. */
export function inputPath(path: string): string {
  return fileUrl(path);
}

/** A path as ffmpeg takes it for an output. `%d` stays as it is: only picture muxers, which are not ours, expand it. */
export function outputPath(path: string): string {
  return fileUrl(path);
}

/**
 * Any text as the value of a filter's option. Two parsers read it, the graph's and the option list's, and each takes
 * one layer of backslashes away and trims blanks.
 */
export function filterValue(text: string): string {
  // Nearly every value is a plain word, and a plan of a thousand stages holds a hundred thousand of them.
  if (/^[\w.+/-]*$/.test(text)) return text;
  return escapeLayer(optionValue(text), /[\\'[\],;]/g);
}

/** The inner layer alone: how ffmpeg quotes a filter's options when it dislikes them. */
export function optionValue(text: string): string {
  return escapeLayer(text, /[\\':]/g);
}

/** One line of a list for the concat demuxer. */
export function concatEntry(path: string): string {
  const url = fileUrl(path);
  if (/\p{Cc}/u.test(path)) {
    const message = `A list of files cannot hold ${JSON.stringify(path)}: its name has control characters`;
    const hint = "rename the file, or link to it under a plain name";
    throw new VendueError("INPUT_REFUSED", message, { hint, data: { path } });
  }
  // Between single quotes everything is literal, so a quote itself has to stand outside of them.
  return `file '${url.replaceAll("'", `'\\''`)}'`;
}

/**
 * Any text as a value in an ffmetadata file, or as a key that does not end in a backslash. A bracket that starts a
 * line would open a section. After a backslash, even an escaped one, the reader runs on into the next line; a NUL
 * stops it and is no part of the value.
 */
export function metadataValue(text: string): string {
  return text.replace(/[=;#\\\r\n[]/g, "\\$&") + (text.endsWith("\\") ? "\0" : "");
}

function fileUrl(path: string): string {
  if (path.includes("\0")) throw refused(path, "holds a NUL character");
  if (!isAbsolute(path)) throw refused(path, "is not absolute");
  return `file:${path}`;
}

function refused(path: string, why: string): VendueError {
  return new VendueError("USAGE", `The path ${JSON.stringify(path)} ${why}`, {
    hint: "give the full path of the file, from the root",
    data: { path },
  });
}

/** Backslashes before these characters, and before blanks at either end, which would be trimmed. */
function escapeLayer(text: string, special: RegExp): string {
  return text.replace(special, "\\$&").replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, (blanks) => blanks.replace(/./gs, "\\$&"));
}
