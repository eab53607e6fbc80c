import type { Measured } from "../../bench/types.ts";
import { formatGrid } from "../plan/mod.ts";
import { type BenchFlags, withBench } from "./bench_run.ts";
import { exits } from "./exit.ts";
import type { Desk } from "./main.ts";

/** What can be measured here, what cannot and why, and whether scores can be believed. */
export async function benchDoctorCommand({ json = false, use }: BenchFlags, desk: Desk): Promise<void> {
  const { benchDoctor } = await import("../../bench/session/mod.ts");
  const { isMeasured } = await import("../../bench/types.ts");
  const said = (state: Measured<string>) => (isMeasured(state) ? ["yes", state] : ["no", state.notMeasured]);
  await withBench({ ...(use && { use }) }, desk, async ({ bench }) => {
    const found = await benchDoctor(bench);
    const { scorer, builds, backends, sensors, alignment, measured } = found;
    if (isMeasured(alignment) && !alignment.equal) process.exitCode = exits.failed;
    if (json) return desk.output.result(JSON.stringify(found));
    const test = isMeasured(alignment)
      ? [
          alignment.equal ? "yes" : "NO",
          `one encode scores ${alignment.mp4.toFixed(4)} as mp4 and ${alignment.mkv.toFixed(4)} as mkv (${alignment.metric})${alignment.equal ? "" : "; frames are paired wrongly, believe no score"}`,
        ]
      : ["no", alignment.notMeasured];
    desk.output.result(
      formatGrid([
        ["scores", ...said(scorer.model), `by ${scorer.version} at ${scorer.program}`],
        ["scores neg", ...said(scorer.neg), ""],
        ["alignment", ...test, ""],
        ...builds.map(({ path, version, meters }) => ["ffmpeg", "", version, `${path}  ${meters.join(" ")}`]),
        ...backends.map(({ backend, state }) => [`backend ${backend}`, ...said(state), ""]),
        ...sensors.map(({ name, state }) => [`sensor ${name}`, ...said(state), ""]),
        [
          "auction",
          "",
          `${measured.known} measurements hold for this ffmpeg, driver and backends`,
          measured.stale > 0 ? `${measured.stale} were made with others and rest; measure again: vendue bench run` : "",
        ],
      ]),
    );
  });
}
