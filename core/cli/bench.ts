import { Command, Option } from "commander";
import { EFFORTS } from "../types.ts";
import { codecs, score, seconds, size, whole, words } from "./bench_words.ts";
import type { Desk } from "./main.ts";

/** `vendue bench ...`: a command line of its own inside the other. Every command loads only what it needs. */
export async function bench(line: readonly string[], outer: Command, desk: Desk): Promise<void> {
  const program = new Command("vendue bench")
    .copyInheritedSettings(outer)
    .description("Measures speed and quality of every backend here, and judges what changed")
    .helpOption("-h, --help", "what there is");
  const command = (name: string, text: string) =>
    program.command(name).description(text).copyInheritedSettings(program).helpOption("-h, --help", "what there is");

  measuring(command("run", "speed and quality of every backend that is ready, against the cpu"))
    .option("--quick", "three clips of two seconds, three rounds, about a minute, no verdict", false)
    .option("--clip <names>", "classes or your own clips, separated by commas", words)
    .option("--backend <names>", "only these, separated by commas", words)
    .option("--rounds <n>", "how often each is run; 7 where left out", whole)
    .option("--budget <sec>", "begin no round after this", seconds)
    .action(async ({ clip, codec, backend, budget, ...options }) =>
      (await import("./bench_run.ts")).benchRun(
        { ...options, ...defined({ clips: clip, codecs: codec, backends: backend, budgetSec: budget }) },
        desk,
      ),
    );
  measuring(command("compare", "build two commits of vendue and run the same pipelines with both, in turns"))
    .argument("<range>", "BASE..HEAD")
    .option("--clip <names>", "classes or your own clips, separated by commas", words)
    .option("--frames <n>", "of generated clips; 120 where left out", whole)
    .option(
      "--rounds <n>",
      "how often each is run, and up to three times that where it stays open; 7 where left out",
      whole,
    )
    .action(async (range: string, { clip, codec, ...options }) =>
      (await import("./bench_compare.ts")).benchCompare(
        range,
        { ...options, ...defined({ clips: clip, codecs: codec }) },
        desk,
      ),
    );
  measuring(command("quality", "curves of rate and quality, and speed at equal bits for equal pictures"))
    .option("--clip <names>", "classes or your own clips, separated by commas", words)
    .option("--backend <names>", "only these and the cpu, separated by commas", words)
    .option("--frames <n>", "of generated clips; 120 where left out", whole)
    .option("--rounds <n>", "how often the equal ones are timed; 7 where left out", whole)
    .action(async ({ clip, codec, backend, ...options }) =>
      (await import("./bench_quality.ts")).benchQuality(
        { ...options, ...defined({ clips: clip, codecs: codec, backends: backend }) },
        desk,
      ),
    );
  measuring(command("search", "what it takes to reach a score: bits and time, clip by clip"))
    .requiredOption("--vmaf <score>", "the score to reach, such as 93", score)
    .option("--at <WxH>", "the size that the score is meant at", size, { width: 1920, height: 1080 })
    .option("--clip <names>", "classes or your own clips, separated by commas", words)
    .option("--backend <names>", "only these, separated by commas", words)
    .option("--frames <n>", "of generated clips; 120 where left out", whole)
    .option("--probes <n>", "at most so many for each", whole)
    .action(async ({ clip, codec, backend, at, probes, ...options }) =>
      (await import("./bench_search.ts")).benchSearch(
        { ...options, scoredAt: at, ...defined({ clips: clip, codecs: codec, backends: backend, mostProbes: probes }) },
        desk,
      ),
    );
  measuring(command("calibrate", "find what each device has to be asked for to look like the cpu"))
    .option("--clip <names>", "classes or your own clips, separated by commas", words)
    .option("--backend <names>", "only these, separated by commas", words)
    .option("--frames <n>", "of generated clips; 60 where left out", whole)
    .action(async ({ clip, codec, backend, ...options }) =>
      (await import("./bench_quality.ts")).benchCalibrate(
        { ...options, ...defined({ clips: clip, codecs: codec, backends: backend }) },
        desk,
      ),
    );
  measuring(command("sweep", "how many streams each device carries in real time, judged by the slowest"))
    .option("--clip <name>", "the clip to encode", "talk")
    .option("--backend <names>", "only these, separated by commas", words)
    .option("--window <sec>", "how long all streams are counted; 10 where left out", seconds)
    .option("--streams <n>", "at most so many at once", whole)
    .action(async ({ codec, backend, window, streams, ...options }) =>
      (await import("./bench_sweep.ts")).benchSweep(
        { ...options, ...defined({ codecs: codec, backends: backend, windowSec: window, mostStreams: streams }) },
        desk,
      ),
    );
  command("doctor", "what can be measured here, what cannot and why, and a test that scores can be believed")
    .option("--use <specifier>", "one more backend: ./mine/mod.ts, npm:name", (one, all: string[]) => [...all, one], [])
    .option("--json", "as JSON")
    .action(async (options) => (await import("./bench_doctor.ts")).benchDoctorCommand(options, desk));
  command("clip", "register a clip of your own to measure with, or list what is there")
    .argument("[action]", "add or list", "list")
    .argument("[file]", "the media file to take it from")
    .option("--id <name>", "what to call it; the file's name where left out")
    .option("--kind <kind>", "the class it stands for: talk, sport, ... or a word of your own", "own")
    .option("--start <sec>", "where it begins", seconds, 0)
    .option("--dur <sec>", "how long it is", seconds, 8)
    .option("--license <text>", "who may see it, for your own records")
    .option("--json", "as JSON")
    .action(async (action: string, file: string | undefined, options) =>
      (await import("./bench_clip.ts")).clip(action, file, options, desk),
    );
  reporting(command("gate", "hold a result against its base, its baseline and budgets; exit code 3 where it fails"))
    .option("--record", "add the run to the history")
    .action(async (result: string | undefined, options) =>
      (await import("./bench_gate.ts")).gateBench(result, options, desk),
    );
  reporting(command("report", "the same account of a result, without deciding the exit code")).action(
    async (result: string | undefined, options) => (await import("./bench_gate.ts")).reportBench(result, options, desk),
  );
  command("baseline", "accept a result as what the next ones are held against, show what holds, or ratchet")
    .argument("[action]", "accept, show or ratchet", "show")
    .argument("[result]", "a result's file or run id; the last run where left out")
    .option("--reason <text>", "why it may move")
    .option("--backend <name>", "only this backend's cases")
    .option("--baseline <file>", "bench/baseline.json where left out")
    .option("--history <file>", "bench/history.jsonl where left out")
    .option("--json", "as JSON")
    .action(async (action: string, result: string | undefined, options) =>
      (await import("./bench_baseline.ts")).benchBaseline(action, result, options, desk),
    );
  command("history", "look for gradual drift, or add a result; exit code 3 where something drifts")
    .argument("[action]", "check or add", "check")
    .argument("[result]", "a result's file or run id; the last run where left out")
    .option("--baseline <file>", "bench/baseline.json where left out")
    .option("--history <file>", "bench/history.jsonl where left out")
    .option("--json", "as JSON")
    .action(async (action: string, result: string | undefined, options) =>
      (await import("./bench_history.ts")).benchHistory(action, result, options, desk),
    );
  await program.parseAsync(line.length > 0 ? line : ["--help"], { from: "user" });
}

/** What most commands share: what to encode with, and as what. */
function measuring(command: Command): Command {
  return command
    .option("--codec <names>", "h264, hevc, av1, vp9; every one where left out", codecs)
    .addOption(new Option("--effort <word>", "how much care to encode with").choices(EFFORTS).default("balanced"))
    .option("--size <WxH>", "the size of generated clips", size)
    .option("--use <specifier>", "one more backend: ./mine/mod.ts, npm:name", (one, all: string[]) => [...all, one], [])
    .option("--json", "the whole result as JSON");
}

/** What an account is made from, and where it goes besides the terminal. */
function reporting(command: Command): Command {
  return command
    .argument("[result]", "a result's file or run id; the last run where left out")
    .option("--budgets <file>", "bench/budgets.yaml where left out")
    .option("--baseline <file>", "bench/baseline.json where left out")
    .option("--history <file>", "bench/history.jsonl where left out")
    .option("--junit <file>", "write JUnit XML there")
    .option("--markdown <file>", "write a comment for a pull request there")
    .option("--html <file>", "write one page with charts there")
    .option("--prometheus <file>", "write metrics for a textfile collector there")
    .option("--github", "annotations and a step summary; by itself inside GitHub Actions")
    .option("--json", "the account as JSON");
}

/** Flags that were not given leave no trace, so that defaults stand in one place. */
function defined(flags: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined));
}
