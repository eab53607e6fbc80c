import type { ErrorCode, Retry } from "../errors.ts";
import { endedBy, endingOf, type Ending } from "./ending.ts";
import { mark, type Rule, rules } from "./rules.ts";
import { type Message, type Paths, readMessages, type Unmask } from "./stderr.ts";

/** Why ffmpeg failed, and what may be tried next. */
export interface Failure {
  readonly code: ErrorCode;
  readonly retry: Retry;
  /** How long to wait before the same device is asked again. */
  readonly waitSec?: number;
  /** The first line of ffmpeg's words that names the cause. */
  readonly line: string;
  readonly hint?: string;
  /** The rule that decided. */
  readonly rule: string;
}

export interface FailureContext extends Paths, Ending {
  /** Whether a device took part. */
  readonly accel: boolean;
}

/**
 * Tells why a command failed. Exit codes differ between versions, so the words decide; only where they do not is
 * the way it ended looked at.
 */
export function classify(stderr: string, context: FailureContext): Failure {
  const { messages, unmask } = readMessages(stderr, context);
  const found = findRule(messages, context.accel);
  const crash = endedBy(context);
  if (crash && (found === undefined || found.rule.ambiguous)) return crash;
  if (found) {
    const { code, retry, waitSec, name } = found.rule;
    const hint = hintOf(found, { messages, unmask });
    return {
      ...{ code, retry, line: unmask(found.text), rule: name },
      ...(waitSec !== undefined && { waitSec }),
      ...(hint !== undefined && { hint }),
    };
  }
  return {
    code: "UNKNOWN",
    retry: "next-bid",
    line: unmask(likeliest(messages) ?? endingOf(context)),
    rule: "unknown",
  };
}

/** Whether only decoding the input on the CPU can tell if the input or the device is to blame. */
export function isAmbiguous({ code, rule }: Failure): boolean {
  return code === "UNKNOWN" || rules.some(({ name, ambiguous }) => ambiguous && name === rule);
}

const deviceCodes: ReadonlySet<ErrorCode> = new Set([
  "DEVICE_MISSING",
  "DEVICE_MEMORY",
  "DEVICE_LOST",
  "STALLED",
  "CRASHED",
]);

/** Whether the device itself needs a rest. One whose sessions are taken, or that lacks a feature, is sound. */
export function isDeviceFailure(code: ErrorCode): boolean {
  return deviceCodes.has(code);
}

interface Found {
  readonly rule: Rule;
  readonly text: string;
}

function findRule(messages: readonly Message[], accel: boolean): Found | undefined {
  for (const rule of rules) {
    if (rule.accel !== undefined && rule.accel !== accel) continue;
    const match = messages.find(({ own, text }) => own && rule.says.test(text));
    if (match) return { rule, text: match.text };
  }
  return undefined;
}

/** Names the file too, where the line itself does not. */
function hintOf({ rule, text }: Found, { messages, unmask }: { messages: readonly Message[]; unmask: Unmask }) {
  if (rule.hint === undefined || rule.about === undefined) return rule.hint;
  const name = new RegExp(`${mark}${rule.about === "reads" ? "r" : "w"}\\d+${mark}`);
  const [mask] = messages.flatMap((message) => name.exec(message.text) ?? []);
  return mask === undefined || text.includes(mask) ? rule.hint : `${rule.hint}: ${unmask(mask)}`;
}

/** What ffmpeg says of every failure, whatever its cause; from 6.1 on its scheduler adds to it. */
const isNoise =
  /^(?:Task finished with|Terminating thread|Error sending frames|Could not open encoder before|Nothing was written into|Error while opening encoder|Error initializing (?:output stream|a simple|complex|filter)|Error opening (?:in|out)put files?\b|Error parsing (?:global )?options|Failed to set value|Error reinitializing|Failed to inject frame|Error while processing the decoded|Error selecting|Error binding|Conversion failed|\[\.\.\.\])/;
const isWorded = /error|fail|invalid|cannot|could not|unable|unsupported|not |denied|refused|missing|illegal/i;

function likeliest(messages: readonly Message[]): string | undefined {
  const ranked = messages.map(({ text, level }) => {
    if (isNoise.test(text)) return { text, rank: 3 };
    if (level !== undefined && level !== "warning") return { text, rank: 0 };
    return { text, rank: isWorded.test(text) ? 1 : 2 };
  });
  return ranked.sort((one, other) => one.rank - other.rank)[0]?.text;
}
