import { ROLES } from "../types.ts";

/** How a value is written: one pattern for the schema and the reader, one phrase for whoever gets it wrong. */
export interface Form {
  readonly pattern: string;
  readonly says: string;
}

const decimal = String.raw`\d+(?:\.\d+)?`;
const clock = String.raw`\d+:[0-5]\d(?::[0-5]\d)?(?:\.\d+)?`;
const spoken = String.raw`(?=\d)(?:\d+h)?(?:\d+m)?(?:${decimal} ?s)?`;
const moment = String.raw`(?:${clock}|\d+f|${decimal} ?ms|${decimal}|${spoken})`;
const rate = String.raw`(?:${decimal}|\d+/\d+)(?: ?fps)?`;

/** Every human unit of the pipeline file. A bare number is allowed only where it can mean one thing. */
export const forms = {
  moment: form(moment, "a moment such as 90, 1:30, 00:01:30.250, 1500ms, 1m30s or 45f"),
  seconds: form(moment, "a length such as 0.5, 500ms or 1:30"),
  range: form(
    String.raw`${moment} ?- ?(?:${moment})?|- ?${moment}`,
    'a range such as "0:10-1:20", "2:00-" to the end, or "-0:10" from the start',
  ),
  size: form(String.raw`\d+ ?[xX×] ?\d+`, "a picture size such as 1280x720"),
  bitrate: form(
    String.raw`${decimal} ?[kKM](?:b(?:its?)?(?:/s|ps)?)?`,
    "a bitrate with a unit, such as 5M, 128k or 800 kb/s",
  ),
  bytes: form(String.raw`${decimal} ?(?:[kKMGT]i?)?B`, "an amount such as 25MB (millions) or 25MiB (1024 x 1024)"),
  fps: form(String.raw`source|(?:max )?${rate}`, 'a rate such as 30, 29.97 or 30000/1001, or "source", or "max 30"'),
  rate: form(rate, "a rate such as 30, 29.97 or 30000/1001"),
  lufs: form(String.raw`-?${decimal} ?(?:LUFS|LKFS)?`, "a loudness from -70 to -5 such as -16 LUFS"),
  peak: form(String.raw`-?${decimal} ?(?:dBTP)?`, "a true peak from -9 to 0 such as -1.5 dBTP"),
  decibels: form(String.raw`-?${decimal} ?(?:dB|dBFS)?`, "a level from -100 to 0 such as -40 dB"),
  sampleRate: form(String.raw`${decimal}(?: ?k| ?kHz| ?Hz)?`, "a sample rate such as 48000 or 44.1 kHz"),
  channels: form(String.raw`mono|stereo|5\.1|7\.1|[1-8]`, "mono, stereo, 5.1, 7.1 or a number from 1 to 8"),
  track: form(
    `(?:[a-z]{2,3})(?: (?:${ROLES.join("|")}))?|${ROLES.join("|")}`,
    `a language, a role or both, such as eng, deu or eng commentary; roles: ${ROLES.join(", ")}`,
  ),
  number: form(`-?${decimal}`, "a number"),
} as const satisfies Readonly<Record<string, Form>>;

function form(body: string, says: string): Form {
  return { pattern: `^(?:${body})$`, says };
}
