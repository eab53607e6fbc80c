import { readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { boundedLog } from "../core/host/bounded_log.ts";
import { redact, redactAll } from "../core/redact.ts";

const secrets: readonly (readonly [what: string, text: string, secret: string])[] = [
  ["a password in an address", "cannot open https://me:p%40ss@host/clip.mp4", "p%40ss"],
  ["a password with an at sign", "rtmp://user:p@ss@host/live", "p@ss"],
  ["an S3 signature", "https://b.s3.amazonaws.com/a.mp4?X-Amz-Credential=AK%2F1&X-Amz-Signature=deadbeef", "deadbeef"],
  ["an S3 credential", "https://b.s3.amazonaws.com/a.mp4?X-Amz-Credential=AK%2F1&X-Amz-Signature=deadbeef", "AK%2F1"],
  ["a shared access signature", "https://x.blob.core.windows.net/c/a.mp4?sv=2024&sig=abc%3D", "abc%3D"],
  ["a token behind a hash", "https://host/a#access_token=zzz", "zzz"],
  ["a bearer token", "Authorization: Bearer abcdef.ghi", "abcdef.ghi"],
  ["a basic login", "authorization: Basic dXNlcjpwYXNz", "dXNlcjpwYXNz"],
  ["a variable", "AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI", "wJalrXUtnFEMI"],
  ["a header", "x-api-key: 0123456789", "0123456789"],
  ["JSON", '{"password": "hunter2"}', "hunter2"],
  ["an AWS key by its shape", "using AKIAABCDEFGHIJKLMNOP now", "AKIAABCDEFGHIJKLMNOP"],
  ["a signed web token by its shape", "got eyJhbGciOiJI.eyJzdWIiOiIx.c2lnbmF0dXJl", "c2lnbmF0dXJl"],
];

test.each(secrets)("redact() takes out %s", (_, text, secret) => {
  expect(redact(text)).not.toContain(secret);
  expect(redact(text)).toContain("***");
});

test.each([
  "[h264_nvenc @ 0x55d] [error] OpenEncodeSessionEx failed: unsupported device (2): (no details)",
  "Cannot load libcuda.so.1",
  "/media/Season 1/clip?final=2.mp4: No such file or directory",
  "frame= 300 fps= 60 q=28.0 size= 1024kB time=00:00:10.00 bitrate= 838.9kbits/s speed=2.1x",
  "https://example.org/path/to/a.mp4",
])("redact() leaves %j as it is", (text) => expect(redact(text)).toBe(text));

test("redactAll() goes through a whole value, and lets files have any name", () => {
  const value = {
    cause: "token=abc",
    path: "/media/token=abc.mp4",
    list: [{ hint: "https://a:b@c/" }],
    nth: 3,
    none: null,
  };
  expect(redactAll(value)).toEqual({
    cause: "token=***",
    path: "/media/token=abc.mp4",
    list: [{ hint: "https://***@c/" }],
    nth: 3,
    none: null,
  });
});

test("boundedLog() keeps the start and the end of a flood, and no secret even where it comes in two parts", async () => {
  const path = join(tmpdir(), `vendue-log-${process.pid}.log`);
  try {
    const log = boundedLog(path);
    log.add("first words\nopening https://h/a?X-Amz-Sig");
    log.add("nature=deadbeef\n");
    const line = `${"x".repeat(1023)}\n`;
    for (let nth = 0; nth < 14 * 1024; nth += 1) log.add(line);
    log.add("last words");
    await log.close();
    const text = await readFile(path, "utf8");
    expect(text).toMatch(/^first words\n/);
    expect(text).toMatch(/last words$/);
    expect(text).toMatch(/\[\d+ bytes left out\]/);
    expect(text).not.toContain("deadbeef");
    expect(text.length).toBeLessThan(8.1 * 1024 * 1024);
  } finally {
    await rm(path, { force: true });
  }
});
