import { createWriteStream, mkdirSync, type WriteStream } from "node:fs";
import { dirname } from "node:path";
import { redact } from "../redact.ts";

/** The start tells what was asked, the end tells why it died; a flood in between is worth less. */
const headBytes = 6 * 1024 * 1024;
const tailBytes = 2 * 1024 * 1024;
const longestLine = 64 * 1024;

export interface BoundedLog {
  add(text: string): void;
  close(): Promise<void>;
}

/** A log of bounded size, without secrets. Lines are kept whole: half a secret is one that nobody recognises. */
export function boundedLog(path: string): BoundedLog {
  mkdirSync(dirname(path), { recursive: true });
  const stream: WriteStream = createWriteStream(path, { flags: "a" });
  let pending = "";
  let written = 0;
  let tail = "";
  let dropped = 0;
  let failed = false;
  // A log that cannot be written must not cost a job.
  stream.on("error", () => (failed = true));
  function put(lines: string) {
    const text = redact(lines);
    if (written < headBytes) {
      written += text.length;
      stream.write(text);
      return;
    }
    tail += text;
    if (tail.length <= 2 * tailBytes) return;
    dropped += tail.length - tailBytes;
    tail = tail.slice(-tailBytes);
  }
  return {
    add(text) {
      if (failed) return;
      pending += text;
      const end = Math.max(pending.lastIndexOf("\n"), pending.lastIndexOf("\r")) + 1;
      const whole = end === 0 && pending.length > longestLine ? pending.length : end;
      if (whole > 0) put(pending.slice(0, whole));
      pending = pending.slice(whole);
    },
    close() {
      if (pending !== "") put(pending);
      if (tail.length > tailBytes) {
        dropped += tail.length - tailBytes;
        tail = tail.slice(-tailBytes);
      }
      if (dropped > 0) stream.write(`\n[${dropped} bytes left out]\n`);
      stream.write(tail);
      return new Promise<void>((done) => (failed ? done() : stream.end(() => done())));
    },
  };
}
