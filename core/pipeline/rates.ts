import type { Rate } from "../types.ts";
import { type Cell, type Cells, type Desk, fail, read, textOf, word } from "./desk.ts";
import { forms } from "./forms.ts";
import { show } from "./pointer.ts";
import { parseBitrateKbps, parseBytes, parseNumber } from "./units.ts";
import { refuse } from "./written.ts";

const ways = ["quality", "crf", "bitrate", "target_size"] as const;
const onlyWithBitrate = ["maxrate", "bufsize", "two_pass"] as const;

/**
 * How bits are spent. A rendition that says it anew replaces what the export says. `size` is the picture's size, unless
 * it is an amount of bytes, as in `size: 25MB`: then it is another word for `target_size`.
 */
export function readRate(desk: Desk, layers: readonly Cells[]): { readonly rate?: Rate; readonly size?: Cell } {
  const spelled = layers.map(spellOut);
  const layer = spelled.find((cells) => ways.some((way) => cells.has(way)));
  const [way, ...others] = ways.flatMap((one) => layer?.get(one) ?? []);
  for (const other of others)
    fail(desk, other.at, {
      message: `${named(way)} and ${named(other)} both say how bits are spent`,
      hint: "keep one of quality, crf, bitrate and target_size",
      key: true,
    });
  const size = spelled.map((cells) => cells.get("size")).find((cell) => cell !== undefined);
  const kind = ways.find((one) => layer?.has(one));
  if (kind !== "bitrate")
    for (const cells of layer === undefined ? spelled : spelled.slice(0, spelled.indexOf(layer) + 1))
      for (const key of onlyWithBitrate) {
        const cell = cells.get(key);
        if (cell)
          fail(desk, cell.at, {
            message: `${key}: ${show(cell.value)} means nothing without a bitrate`,
            hint: "say bitrate, such as bitrate: 5M",
            key: true,
          });
      }
  const rate = layer && kind && readWay(desk, kind, { layer, all: spelled });
  return { ...(rate && { rate }), ...(size && { size }) };
}

function readWay(
  desk: Desk,
  kind: (typeof ways)[number],
  { layer, all }: { readonly layer: Cells; readonly all: readonly Cells[] },
): Rate | undefined {
  const cell = layer.get(kind);
  if (kind === "quality") {
    const quality = read(desk, cell, (value) => parseNumber(value, { least: 0, most: 100 }));
    return quality === undefined ? undefined : { kind, quality };
  }
  if (kind === "crf") {
    const crf = read(desk, cell, (value) => parseNumber(value, { least: 0, most: 63 }));
    return crf === undefined ? undefined : { kind, crf };
  }
  if (kind === "target_size") {
    const bytes = read(desk, cell, parseBytes);
    return bytes === undefined ? undefined : { kind: "size", bytes };
  }
  const near = (key: string) => all.map((cells) => cells.get(key)).find((one) => one !== undefined);
  const kbps = read(desk, cell, parseBitrateKbps);
  const maxKbps = read(desk, near("maxrate"), (value) => {
    const peak = parseBitrateKbps(value);
    if (kbps !== undefined && peak < kbps) throw refuse(value, `is below the bitrate of ${kbps} kb/s`, forms.bitrate);
    return peak;
  });
  const bufKbit = read(desk, near("bufsize"), parseBitrateKbps);
  const twoPass = word<boolean>(near("two_pass"));
  if (kbps === undefined) return undefined;
  return {
    kind,
    kbps,
    ...(maxKbps !== undefined && { maxKbps }),
    ...(bufKbit !== undefined && { bufKbit }),
    ...(twoPass !== undefined && { twoPass }),
  };
}

/** Puts bytes that were written under `size` where they belong. */
function spellOut(cells: Cells): Cells {
  const size = cells.get("size");
  if (size === undefined || !new RegExp(forms.bytes.pattern).test(textOf(size))) return cells;
  const rest = [...cells].filter(([key]) => key !== "size");
  return cells.has("target_size") ? new Map(rest) : new Map([...rest, ["target_size", size]]);
}

function named(cell: Cell | undefined): string {
  return cell === undefined ? "" : `${cell.at.slice(cell.at.lastIndexOf("/") + 1)}: ${show(cell.value)}`;
}
