/** One row of nvidia-smi. What it calls not available or not supported is left out, since it is unknown and not zero. */
export interface Card {
  readonly uuid: string;
  readonly name: string;
  readonly driver: string;
  readonly freeMiB?: number;
  readonly busyPercent?: number;
  /** Encodes that run on it now, of any program. */
  readonly sessions?: number;
}

// No newer field: a driver that does not know one of them answers none.
const fields = "uuid,name,driver_version,memory.free,utilization.gpu,encoder.stats.sessionCount";
export const cardQuery = [`--query-gpu=${fields}`, "--format=csv,noheader,nounits"] as const;

/** The cards in the order of their slots on the bus. */
export function readCards(text: string): readonly Card[] {
  return text.split("\n").flatMap((row) => {
    const [uuid = "", name = "", driver = "", free, busy, open] = row.split(",").map((cell) => cell.trim());
    if (!uuid.startsWith("GPU-")) return [];
    const [freeMiB, busyPercent, sessions] = [free, busy, open].map(toNumber);
    return {
      ...{ uuid, name, driver },
      ...(freeMiB !== undefined && { freeMiB }),
      ...(busyPercent !== undefined && { busyPercent }),
      ...(sessions !== undefined && { sessions }),
    };
  });
}

function toNumber(cell = ""): number | undefined {
  return /^\d+(?:\.\d+)?$/.test(cell) ? Number(cell) : undefined;
}

export interface Order {
  /** CUDA_VISIBLE_DEVICES: which cards are shown, counted anew from 0. */
  readonly visible?: string | undefined;
  /** CUDA_DEVICE_ORDER. Left alone, CUDA puts the fastest card first, and nvidia-smi never does. */
  readonly order?: string | undefined;
}

/** The cards as CUDA counts them, undefined where nobody can tell which one has that number. */
export function inCudaOrder(cards: readonly Card[], { visible, order }: Order): readonly (Card | undefined)[] {
  const isByBus = order === "PCI_BUS_ID" || new Set(cards.map(({ name }) => name)).size < 2;
  const counted = cards.map((card) => (isByBus ? card : undefined));
  if (visible === undefined) return counted;
  const shown: (Card | undefined)[] = [];
  for (const word of visible.split(",").map((one) => one.trim())) {
    const named = cards.filter(({ uuid }) => word.startsWith("GPU-") && uuid.startsWith(word));
    const isSlice = word.startsWith("MIG-");
    const isNumber = /^\d+$/.test(word) && Number(word) < cards.length;
    // Like CUDA: the first word that names no card ends the list.
    if (named.length !== 1 && !isSlice && !isNumber) break;
    shown.push(isNumber ? counted[Number(word)] : named[0]);
  }
  return shown;
}

/** An encode of 1080p needs about as much. */
const leastFreeMiB = 500;

/**
 * Why a card is passed by. What other programs hold is true for a moment only, while a survey is kept: the rule holds
 * until the next one, which a failed device, a new driver or a fresh doctor brings. A machine with nothing but full
 * cards is looked at again each time.
 */
export function fullness({ name, freeMiB }: Card): string | undefined {
  return freeMiB !== undefined && freeMiB < leastFreeMiB
    ? `${name} has ${freeMiB} MiB of memory free, and ${leastFreeMiB} are needed`
    : undefined;
}

/** Free memory times idle share. A load that nobody tells counts as half. */
export function roomOn(card: Card | undefined): number {
  const { freeMiB = 0, busyPercent = 50 } = card ?? {};
  return freeMiB * (1 - busyPercent / 100);
}

/** Encodes that drivers allow consumer cards, by the driver's major version; other cards have no limit. */
const limits = [
  [590, 12],
  [550, 8],
  [530, 5],
  [0, 3],
] as const;

/** The limit counts over all consumer cards of a machine, so each gets its share. Undefined means no limit. */
export function slotsFor(card: Card | undefined, all: readonly (Card | undefined)[]): number | undefined {
  if (card && !isConsumer(card)) return undefined;
  const major = Number.parseInt(card?.driver ?? "0", 10);
  const [, limit] = limits.find(([least]) => major >= least) ?? [0, 3];
  const sharers = all.filter((one) => one && isConsumer(one)).length;
  return Math.max(1, Math.floor(limit / Math.max(1, sharers)));
}

function isConsumer({ name }: Card): boolean {
  return /GeForce|TITAN|\bGTX\b|\bMX\d/i.test(name);
}
