import { filterValue, optionValue } from "./escape.ts";
import { mark } from "./rules.ts";

/** The paths of one command. */
export interface Paths {
  readonly reads: readonly string[];
  readonly writes: readonly string[];
}

/** One line of stderr without its prefixes, own paths masked. */
export interface Message {
  readonly text: string;
  readonly level?: string;
  /** Said by ffmpeg itself, as far as can be told. */
  readonly own: boolean;
}

interface Mask {
  readonly name: string;
  readonly path: string;
}

/** Takes masks off again, for people. */
export type Unmask = (text: string) => string;

/**
 * The lines of stderr that may name a cause. What ffmpeg tells at `info`, such as a file's title, is left out:
 * it is text from strangers. Our own paths become masks, so that a file's name is never read as a message.
 */
export function readMessages(stderr: string, paths: Paths): { messages: readonly Message[]; unmask: Unmask } {
  const masks = [...namePaths(paths.reads, "r"), ...namePaths(paths.writes, "w")].sort(
    (one, other) => other.path.length - one.path.length,
  );
  const text = masks.reduce(hide, flatten(stderr));
  const lines = text
    .split(/[\r\n]+/)
    .filter((line) => !isCut(line))
    .map(readLine);
  // Where lines carry levels, one without is a driver's, or the rest of a stranger's text.
  const hasLevels = lines.some(({ level }) => level !== undefined);
  return {
    messages: lines
      .filter((line) => !quiet.has(line.level ?? "") && !isTold.test(line.text))
      .map((line) => ({ ...line, own: !hasLevels || line.level !== undefined })),
    unmask: (words) =>
      masks.reduce((so, { name, path }) => so.replaceAll(name, flatten(path).replace(/[\r\n]/g, "?")), words),
  };
}

const quiet: ReadonlySet<string> = new Set(["quiet", "info", "verbose", "debug", "trace"]);

/** What is told at `info`, where lines carry no level. */
const isTold = /^(?:\s|$|(?:In|Out)put #|Stream mapping:|ffmpeg version|frame=|size=)/;

const header =
  /^(?:\[[^\]]* @ (?:0x)?[0-9a-fA-F]+\] ?)*(?:\[(quiet|panic|fatal|error|warning|info|verbose|debug|trace)\] )?/;

function readLine(line: string): Omit<Message, "own"> {
  const [prefix = "", level] = header.exec(line) ?? [];
  return { text: line.slice(prefix.length), ...(level !== undefined && { level }) };
}

function namePaths(paths: readonly string[], side: "r" | "w"): Mask[] {
  return paths.map((path, index) => ({ name: `${mark}${side}${index}${mark}`, path }));
}

/** Also as it stands in a filter graph, which ffmpeg quotes when it dislikes it. */
function hide(text: string, { name, path }: Mask): string {
  return [`file:${path}`, path, optionValue(path), filterValue(path)].reduce(
    (so, form) => so.replaceAll(flatten(form), name),
    text,
  );
}

/** ffmpeg prints control characters as question marks. */
function flatten(text: string): string {
  return text.replaceAll(mark, "?").replace(/[^\P{Cc}\r\n]/gu, "?");
}

/** ffmpeg cuts a line at 1024 bytes, and so may cut a path in two, which is then not recognised. */
function isCut(line: string): boolean {
  return new TextEncoder().encode(line).length > 1000;
}
