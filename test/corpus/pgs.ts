/**
 * Subtitles as a Blu-ray has them: a white box at the foot of a 160x90 picture, from one moment to another. ffmpeg
 * reads such a file but has no encoder for it.
 */
export function pictureSubtitles(spans: readonly (readonly [number, number])[]): Buffer {
  return Buffer.concat(
    spans.flatMap(([fromSec, toSec]) => [
      segment(fromSec, 0x16, [
        ...u16(160),
        ...u16(90),
        0x10,
        ...u16(0),
        0x80,
        0,
        0,
        1,
        ...u16(0),
        0,
        0,
        ...u16(40),
        ...u16(60),
      ]),
      segment(fromSec, 0x17, [1, 0, ...u16(40), ...u16(60), ...u16(80), ...u16(20)]),
      segment(fromSec, 0x14, [0, 0, 1, 235, 128, 128, 255]),
      segment(fromSec, 0x15, [...u16(0), 0, 0xc0, 0, ...u16(rows.length + 4), ...u16(80), ...u16(20), ...rows]),
      segment(fromSec, 0x80, []),
      segment(toSec, 0x16, [...u16(160), ...u16(90), 0x10, ...u16(1), 0, 0, 0, 0]),
      segment(toSec, 0x17, [1, 0, ...u16(40), ...u16(60), ...u16(80), ...u16(20)]),
      segment(toSec, 0x80, []),
    ]),
  );
}

/** Twenty lines of eighty pixels of colour one: a long run, then the end of the line. */
const rows: readonly number[] = Array.from({ length: 20 }, () => [0, 0xc0, 80, 1, 0, 0]).flat();

function segment(sec: number, type: number, payload: readonly number[]): Buffer {
  const head = Buffer.alloc(13);
  head.write("PG");
  head.writeUInt32BE(Math.round(sec * 90_000), 2);
  head.writeUInt8(type, 10);
  head.writeUInt16BE(payload.length, 11);
  return Buffer.concat([head, Buffer.from(payload)]);
}

function u16(value: number): readonly [number, number] {
  return [value >> 8, value & 255];
}
