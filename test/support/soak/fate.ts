import type { Sim } from "../simbackend/use.ts";
import type { Behaviour, Device, Machine } from "../standin/machine.ts";
import type { Random } from "./random.ts";

/** A machine of one to four devices, and what befalls them. */
export interface Fate {
  readonly machine: Machine;
  readonly sims: readonly Sim[];
  readonly story: string;
}

export function drawFate(random: Random): Fate {
  const count = random.whole(1, 4);
  const others = count > 1 && random.chance(0.6) ? random.whole(1, count - 1) : 0;
  const cards = Array.from({ length: count - others }, (_, nth) => String(nth));
  const nodes = Array.from({ length: others }, (_, nth) => `renderD${128 + nth}`);
  const devices = [
    ...cards.map((id) => drawDevice(random, { id, encoder: "h264_nvenc" })),
    ...nodes.map((id) => drawDevice(random, { id, encoder: "h264_vaapi" })),
  ];
  const slots = random.chance(0.4) ? { slots: random.whole(1, 2) } : {};
  const sims = [
    { name: "alpha", encoder: "h264_nvenc", devices: cards, speed: 1e6, ...slots },
    ...(nodes.length > 0 ? [{ name: "beta", encoder: "h264_vaapi", devices: nodes, speed: 1e5 }] : []),
  ];
  const story = devices.map(({ id, behaviours = [] }) => `${id} ${behaviours.map(({ name }) => name).join(" ")}`);
  return { machine: { devices }, sims, story: story.join("; ") };
}

function drawDevice(random: Random, { id, encoder }: { readonly id: string; readonly encoder: string }): Device {
  const troubles = random.chance(0.15) ? [] : Array.from({ length: random.whole(1, 4) }, () => drawTrouble(random));
  const sessions = random.chance(0.35) ? { sessions: random.whole(1, 2) } : {};
  return { id, encoders: [encoder], ...sessions, behaviours: troubles };
}

/** One trouble that begins at some call of the device and ends some calls later: it dies, and it comes back. */
function drawTrouble(random: Random): Behaviour {
  const from = random.whole(2, 24);
  const window = { from, until: from + random.whole(1, 8) };
  const short = { from, until: from + random.whole(1, 2) };
  const after = random.whole(0, 6);
  const kind = random.pick(["dies", "gone", "crashes", "hangs", "is full", "lies", "refuses", "cannot decode", "odd"]);
  switch (kind) {
    case "dies": {
      const says = random.pick([
        "fact-cuda-illegal-address",
        "fact-nvenc-generic",
        "fact-qsv-hang",
        "fact-vaapi-runtime",
      ]);
      return { name: kind, ...window, says, after };
    }
    case "gone":
      return { name: kind, ...window, on: ["probe", "trial", "job"], says: "fact-cuda-no-device" };
    case "crashes":
      return { name: kind, ...window, after, signal: random.pick(["SEGV", "ABRT", "BUS"]) };
    case "hangs":
      return { name: kind, ...short, after, stalls: true, ...(random.chance(0.3) && { deaf: true }) };
    case "is full":
      return { name: kind, ...window, says: random.pick(["fact-nvenc-sessions", "fact-cuda-memory"]) };
    case "lies": {
      const wrong = random.pick(["nothing", "empty", "truncated", "short"]);
      return { name: kind, ...window, on: ["job"], wrong };
    }
    case "refuses":
      return { name: kind, ...window, unless: "-bf 0", says: "fact-nvenc-b-frames" };
    case "cannot decode":
      return { name: kind, ...window, when: ["-hwaccel"], says: "fact-nvdec-capability" };
    default:
      return { name: kind, ...window, stderr: "[h264 @ 0x1] [error] the moon is in the wrong house" };
  }
}
