/**
 * Views of the one event stream: log lines and Prometheus metrics. Nothing else in the engine logs.
 *
 * ```ts
 * import { createMetrics } from "./mod.ts";
 *
 * const metrics = createMetrics({ version: "1.0.0" });
 * metrics.count({ v: 1, time: "", run: "r", type: "fallback", job: "j", from: "nvenc", to: "cpu", code: "DEVICE_BUSY", cause: "" });
 * console.assert((await metrics.text()).includes('from="nvenc"'));
 * ```
 * @module
 */
export { logEvent } from "./logs.ts";
export { createMetrics, type Metrics } from "./metrics.ts";
