/**
 * Views of the one event stream: log lines and Prometheus metrics; and of the report that ends it. Nothing else in the
 * engine logs. What needs a library loads it when it is called.
 *
 * ```ts
 * import { createMetrics } from "./mod.ts";
 *
 * const metrics = await createMetrics();
 * metrics.count({ v: 1, time: "", run: "r", type: "fallback", job: "j", from: "nvenc", to: "cpu", code: "DEVICE_BUSY", cause: "" });
 * console.assert((await metrics.text()).includes('from="nvenc"'));
 * ```
 * @module
 */
export { createLog } from "./logs.ts";
export { createMetrics, type Metrics } from "./metrics.ts";
export { reportPage } from "./page.ts";
export { summarize, type Summary } from "./summary.ts";
export { reportMarkdown, reportText } from "./table.ts";
export { addCounters } from "./exposition.ts";
