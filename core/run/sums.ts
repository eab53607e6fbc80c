import type { Host } from "../host/mod.ts";
import {
  type Glance,
  newPacketSums,
  type PacketForm,
  packetSumArgs,
  type PacketSums,
  pictureSumArgs,
  readPictureSums,
  type Span,
} from "../media/mod.ts";
import type { MediaInfo } from "../types.ts";

interface SumDesk {
  readonly host: Host;
  readonly signal?: AbortSignal | undefined;
}

/** The packets of several spans, in order, by one pass from the first of them to the last. */
export async function sumPackets(
  info: MediaInfo,
  spans: readonly Span[],
  { host, signal, form }: SumDesk & { readonly form: PacketForm },
): Promise<readonly PacketSums[]> {
  const { read, found } = newPacketSums(spans);
  const whole = { fromSec: spans[0]?.fromSec ?? 0, toSec: spans.at(-1)?.toSec ?? 0 };
  await host.spawn({
    program: host.tools.ffmpeg,
    args: packetSumArgs(info, whole, form),
    signal,
    onStdout: read,
  });
  return found();
}

/** Starting a process costs as much as a dozen pictures, and each decoder in it takes memory. */
const mostGlances = 6;

/** The decoded pictures of each glance. */
export async function sumPictures(
  glances: readonly Glance[],
  { host, signal }: SumDesk,
): Promise<readonly (readonly string[])[]> {
  const found: (readonly string[])[] = [];
  for (let at = 0; at < glances.length; at += mostGlances) {
    const args = pictureSumArgs(glances.slice(at, at + mostGlances));
    const { stdout } = await host.spawn({ program: host.tools.ffmpeg, args, signal, keepStdout: true });
    found.push(...readPictureSums(stdout));
  }
  return found;
}

/** Waits for all, so that no process is left behind where one of them fails. */
export async function together<const All extends readonly unknown[]>(
  all: All,
): Promise<{ -readonly [Nth in keyof All]: Awaited<All[Nth]> }> {
  await Promise.allSettled(all);
  return Promise.all(all);
}
