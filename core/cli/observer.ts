import { resolve } from "node:path";
import { VendueError } from "../errors.ts";
import { openLogFile, readIfThere, sendText, serveText, type Settings, writeWhole } from "../host/mod.ts";
import { redact } from "../redact.ts";
import type { RunEvent } from "../types.ts";
import type { Output } from "./output.ts";

/** Logs and metrics of one run, loaded only where somebody asked for them. */
export interface Observer {
  /** Whether anything is counted at all. */
  readonly counts: boolean;
  see(event: RunEvent): void;
  budget(usedRatio: number): void;
  end(): Promise<void>;
}

export interface ObserverFlags {
  readonly logFile?: string;
  readonly metricsFile?: string;
  readonly metricsKeep?: boolean;
  readonly metricsPush?: string;
  readonly metricsPort?: string;
}

export async function createObserver(
  flags: ObserverFlags,
  { level, output }: { readonly level: Settings["log_level"]; readonly output: Output },
): Promise<Observer> {
  const { logFile, metricsFile, metricsPush, metricsPort } = flags;
  const gateway = metricsPush === undefined ? undefined : gatewayUrl(metricsPush);
  const counts = [metricsFile, metricsPush, metricsPort].some((one) => one !== undefined);
  const metrics = counts ? await (await import("../observe/mod.ts")).createMetrics() : undefined;
  const log = logFile === undefined ? undefined : await openLog(resolve(logFile), level);
  const server =
    metrics && metricsPort !== undefined
      ? await serveText({ ...addressOf(metricsPort), path: "/metrics", text: () => metrics.text() })
      : undefined;
  if (server) output.note(`metrics are served at ${server.url} while this runs`);
  return {
    counts,
    see(event) {
      metrics?.count(event);
      log?.see(event);
    },
    budget: (usedRatio) => metrics?.budget(usedRatio),
    async end() {
      log?.end();
      await server?.close();
      if (!metrics) return;
      const text = await metrics.text();
      if (metricsFile !== undefined) await keepMetrics(resolve(metricsFile), text, flags);
      if (gateway !== undefined)
        // The work is done by now; a gateway that is away must not make a failure of it.
        await sendText(gateway, text).catch((error: unknown) =>
          output.note(redact(`warning  the metrics could not be pushed: ${String(error)}`)),
        );
    },
  };
}

async function openLog(path: string, level: Settings["log_level"]) {
  const [{ pino }, { createLog }] = await Promise.all([import("pino"), import("../observe/mod.ts")]);
  const stream = await openLogFile(path);
  // A log file that was asked for should tell the story, whatever the terminal shows.
  const see = createLog(pino({ level: level === "warn" ? "info" : level, base: null }, stream));
  return { see, end: () => stream.end() };
}

async function keepMetrics(path: string, text: string, { metricsKeep = false }: ObserverFlags): Promise<void> {
  const before = metricsKeep ? await readIfThere(path) : undefined;
  const { addCounters } = await import("../observe/mod.ts");
  await writeWhole(path, before === undefined ? text : addCounters(before, text));
}

/** `9464`, or `0.0.0.0:9464` for scrapers on other machines. */
function addressOf(text: string): { readonly host: string; readonly port: number } {
  const [, host = "127.0.0.1", port = ""] = /^(?:(.+):)?(\d{1,5})$/.exec(text) ?? [];
  if (port === "" || Number(port) > 65535)
    throw new VendueError("USAGE", `--metrics-port is ${text}, which is not a port`, {
      hint: "say a port such as 9464, or an address with one such as 0.0.0.0:9464",
    });
  return { host: host.replace(/^\[|\]$/g, ""), port: Number(port) };
}

/** A gateway's own address means the job of our name there; a longer one is taken as it is. */
function gatewayUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new VendueError("USAGE", `--metrics-push is ${redact(text)}, which is not an address`, {
      hint: "say where the Pushgateway is, such as http://localhost:9091",
    });
  if (url.pathname === "/") url.pathname = "/metrics/job/vendue";
  return url.href;
}
