import { dirname } from "node:path";
import type { Desk } from "./desk.ts";

const everyMs = 2000;

/** Looks at the machine at the start, now and then, and at the end, and tells what it saw. */
export function watchSensors(desk: Desk): { end(): Promise<void> } {
  const { plan, host, meter, emit, signal } = desk;
  const folders = plan.jobs
    .flatMap((job) => (job.kind === "render" ? job.outputs : []))
    .map(({ target }) => dirname(target));
  let looking: Promise<void> | undefined;
  const look = async (settle: boolean) => {
    const readings = [...(await meter.look(settle)), ...(await host.sensors.disk(folders[0]))];
    if (readings.length > 0) emit({ type: "sensors", readings });
  };
  const glance = () => (looking ??= look(false).finally(() => (looking = undefined)));
  void glance();
  const timer = setInterval(() => void glance(), everyMs);
  return {
    async end() {
      clearInterval(timer);
      await looking;
      await look(signal?.aborted !== true);
    },
  };
}
