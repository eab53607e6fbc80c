/**
 * Takes secrets out of words before anybody else sees them: events, logs, reports and errors all pass here. What a
 * secret stood for stays readable, so that one can still tell which one it was.
 *
 * ```ts
 * import { redact } from "./redact.ts";
 *
 * console.assert(redact("GET https://me:pw@host/a?sig=1") === "GET https://***@host/a?sig=***");
 * ```
 * @module
 */

const mask = "***";

const url = /\b[a-z][a-z\d+.-]*:\/\/[^\s"'<>]+/gi;
/** Everything up to the last at sign before the path: passwords may hold one too. */
const userinfo = /^([a-z][a-z\d+.-]*:\/\/)[^/?#]*@/i;
/** Signed addresses sign with several values; none of them is needed to tell which address it was. */
const queryValue = /([?&#;][^=&#;\s]+=)[^&#;\s]+/g;

const shapes: readonly (readonly [RegExp, string])[] = [
  [/\b(Bearer|Basic|Digest)\s+[\w.~+/=-]{6,}/gi, `$1 ${mask}`],
  [
    /([\w-]*(?:secret|token|passw(?:or)?d|passphrase|api[_-]?key|access[_-]?key|private[_-]?key|signature|credential)[\w-]*["']?\s*[=:]\s*["']?)[^\s"',;&]+/gi,
    `$1${mask}`,
  ],
  [/\b(?:AKIA|ASIA)[A-Z\d]{16}\b/g, mask],
  [/\b(?:gh[oprsu]|glpat|xox[abprs])[_-][\w-]{16,}/g, mask],
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, mask],
];

export function redact(text: string): string {
  const open = text.replace(url, redactUrl);
  return shapes.reduce((sum, [pattern, by]) => sum.replace(pattern, by), open);
}

/** Names of files are not free text: a clip may well be called token=1.mp4. */
const paths = new Set(["path", "log", "file", "target"]);

/** The same value with every text in it redacted; addresses even where a path stands. */
export function redactAll<Value>(value: Value, key = ""): Value {
  if (typeof value === "string") return (paths.has(key) ? value.replace(url, redactUrl) : redact(value)) as Value;
  if (Array.isArray(value)) return value.map((one: unknown) => redactAll(one, key)) as Value;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, redactAll(one, name)])) as Value;
}

function redactUrl(text: string): string {
  return text.replace(userinfo, `$1${mask}@`).replace(queryValue, `$1${mask}`);
}
