import { access, constants, readdir } from "node:fs/promises";
import { environment, findProgram } from "../../core/host/mod.ts";
import { isMeasured, type Measured } from "../types.ts";
import { notMeasured } from "../types.ts";
import { counters } from "./machine.ts";

/** One thing the bench would like to know of a machine, and whether it can. */
export interface Sensor {
  readonly name: string;
  /** What it is good for, or why it is dark. */
  readonly state: Measured<string>;
}

/** Every sensor, asked once. A dark one costs a column, never a run. */
export async function listSensors(): Promise<readonly Sensor[]> {
  const { waitedUs, stolen, load } = await counters();
  const told = (value: Measured, use: string): Measured<string> => (isMeasured(value) ? use : value);
  return [
    { name: "pressure", state: told(waitedUs, "how long tasks waited for a core") },
    { name: "steal", state: told(stolen, "what the hypervisor took away") },
    { name: "load", state: told(load, "how many tasks wanted to run") },
    { name: "engines", state: await drmEngines() },
    {
      name: "nvidia",
      state: findProgram("nvidia-smi", environment())
        ? "power, clocks and throttling of NVIDIA cards"
        : notMeasured("nvidia-smi is not installed"),
    },
  ];
}

async function drmEngines(): Promise<Measured<string>> {
  const nodes = (await readdir("/dev/dri").catch(() => [] as string[])).filter((name) => name.startsWith("renderD"));
  if (nodes.length === 0) return notMeasured("there is no render node in /dev/dri");
  const [first = ""] = nodes;
  const isOpen = await access(`/dev/dri/${first}`, constants.R_OK | constants.W_OK).then(
    () => true,
    () => false,
  );
  return isOpen
    ? "time that media engines were busy with a process (fdinfo)"
    : notMeasured(`${first} may not be opened by this user; join the group render or video`);
}
