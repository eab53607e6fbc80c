/**
 * Backends as strangers would write them, for measuring: one that is honest, and ones that are faulty in ways that a
 * score alone does not show. Each is a file of its own, written into a project.
 * @module
 */

interface Stranger {
  readonly name: string;
  /** Sources of JavaScript: what its bid says, the filters after the ops, and the arguments of its encoder. */
  readonly bid?: string;
  readonly filters?: string;
  readonly args: string;
}

/** Each encodes h264 with libx264, which every full ffmpeg has, so it works on any machine. */
export function strangerModule({ name, bid = "", filters = "[]", args }: Stranger): string {
  return `export default () => ({
  name: ${JSON.stringify(name)},
  api: 1,
  accel: true,
  probe: async () => ({ state: "ready", facts: {} }),
  score: ({ encode }) =>
    encode && encode.codec !== "h264"
      ? { kind: "pass", reason: "it encodes h264 only" }
      : { kind: "bid", speed: 9, quality: 0.8, encoder: "libx264", device: "board 0", ${bid} },
  buildArgs: ({ ops, encode }) => {
    if (!encode) return { filters: ops };
    const { rate, pixelFormat, gopFrames } = encode;
    const quality = rate.kind === "quality" ? rate.quality : 70;
    const kbps = rate.kind === "bitrate" ? rate.kbps : 0;
    const spent = rate.kind === "bitrate" ? ["-b:v", kbps + "k"] : ["-crf", String(Math.round(51 - quality / 2))];
    return {
      filters: [...ops, ...${filters}],
      encode: { on: "system", pixelFormat, args: ["-c:v", "libx264", "-g", String(gopFrames), ...spent, ...${args}] },
    };
  },
});
`;
}

export const twin = strangerModule({ name: "twin", args: '["-preset", "ultrafast"]' });
export const grey = strangerModule({
  name: "grey",
  filters: '[{ name: "lutyuv", args: { y: 128, u: 128, v: 128 }, on: "system" }]',
  args: '["-preset", "ultrafast"]',
});
/** ffmpeg refuses what it builds. */
export const dying = strangerModule({ name: "dying", args: '["-profile:v", "nonsense"]' });
