import { resolve } from "node:path";
import { packageVersion, writeWhole } from "../host/mod.ts";
import type { Settings } from "../host/mod.ts";
import type { RunEvent } from "../types.ts";

/** Logs and metrics of one run, loaded only where somebody asked for them. */
export interface Observer {
  see(event: RunEvent): void;
  end(): Promise<void>;
}

export async function createObserver(
  { metricsFile, logFile }: { readonly metricsFile?: string; readonly logFile?: string },
  level: Settings["log_level"],
): Promise<Observer> {
  if (metricsFile === undefined && logFile === undefined) return { see: () => undefined, end: () => Promise.resolve() };
  const { createMetrics, logEvent } = await import("../observe/mod.ts");
  const metrics = metricsFile === undefined ? undefined : createMetrics({ version: packageVersion() });
  const { pino, destination } = await import("pino");
  const stream = logFile === undefined ? undefined : destination({ dest: resolve(logFile), mkdir: true, sync: true });
  // A log file that was asked for should tell the story, whatever the terminal shows.
  const logger = stream && pino({ level: level === "warn" ? "info" : level, base: null }, stream);
  return {
    see(event) {
      metrics?.count(event);
      if (logger) logEvent(logger, event);
    },
    async end() {
      if (metrics && metricsFile) await writeWhole(resolve(metricsFile), await metrics.text());
      stream?.end();
    },
  };
}
