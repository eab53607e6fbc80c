import { Argument, Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { isVendueError } from "../errors.ts";
import type { SchemaName } from "../schema/mod.ts";
import type { Shell } from "./completion.ts";
import { exitCodeOf, exits } from "./exit.ts";
import { createOutput, formatError, type Output } from "./output.ts";

/** What every command gets: where to write, and when to stop. */
export interface Desk {
  readonly output: Output;
  readonly signal: AbortSignal;
  /** Quiet leaves warnings and errors; verbose adds why. */
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/** Runs one command line to its exit code. Commands load only what they need. */
export async function main(argv: readonly string[]): Promise<void> {
  const output = createOutput(process);
  const { signal, received } = listen(output);
  const program = buildProgram({ output, signal });
  let code: number = exits.done;
  try {
    await program.parseAsync(argv, { from: "user" });
    code = Number(process.exitCode ?? exits.done);
  } catch (error) {
    code = failureCode(error, output, argv.includes("--verbose"));
  }
  process.exitCode = received() === "SIGTERM" ? exits.terminated : received() === "SIGINT" ? exits.interrupted : code;
  // A backend that was given up may still hold a timer or a socket; nobody waits for it once all words are out.
  process.stdout.write("", () => setTimeout(() => process.exit(), lingerMs).unref());
}

const lingerMs = 1000;

function failureCode(error: unknown, output: Output, verbose: boolean): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exits.done : exits.usage;
  output.note(formatError(error, { verbose }));
  return isVendueError(error) ? exitCodeOf(error.code) : exits.failed;
}

/** The first signal asks everything to stop; the second does not ask. */
function listen(output: Output) {
  const controller = new AbortController();
  let first: NodeJS.Signals | undefined;
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(name, () => {
      if (first !== undefined) process.exit(first === "SIGINT" ? exits.interrupted : exits.terminated);
      first = name === "SIGHUP" ? "SIGTERM" : name;
      output.note("stopping; press again to force");
      controller.abort(new Error(name));
    });
  return { signal: controller.signal, received: () => first };
}

function buildProgram(base: Pick<Desk, "output" | "signal">): Command {
  const program = new Command("vendue")
    .description("Every video encoder on this machine bids for every stage of your pipeline")
    .option("-V, --version", "print the version")
    .option("--quiet", "only warnings, errors and results")
    .option("--verbose", "say why, and show whole causes")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => base.output.result(text),
      writeErr: (text) => base.output.note(text.trimEnd()),
    })
    .showHelpAfterError("(add --help for what there is)")
    .showSuggestionAfterError();
  const desk = (): Desk => ({
    ...base,
    quiet: Boolean(program.opts()["quiet"]),
    verbose: Boolean(program.opts()["verbose"]),
  });
  const command = (name: string, text: string) =>
    program.command(name).description(text).copyInheritedSettings(program);

  command("init", "write a commented pipeline; asks on a terminal for what no flag says")
    .argument("[file]", "where to write it", "pipeline.yaml")
    .option("--from <media>", "a file to fill in sane values from")
    .addOption(new Option("--accel <mode>", "who wants the GPU").choices(["preferred", "required", "off"]))
    .option("--loudness <target>", "streaming, podcast, broadcast, off, or LUFS")
    .addOption(new Option("--codec <codec>", "what to encode").choices(["h264", "hevc", "av1", "vp9"]))
    .option("--quality <0..100>", "how well")
    .option("--size <size>", "such as 1280x720; never enlarged")
    .option("--output <file>", "where its results go")
    .option("--force", "replace a file that is there")
    .option("-y, --yes", "ask nothing")
    .action(async (file: string, options) => (await import("./init.ts")).init(file, options, desk()));
  withPipeline(command("validate", "check a pipeline file; nothing is read but the file"))
    .option("--json", "problems as JSON")
    .action(async (file: string, options) => (await import("./validate.ts")).validate(file, options, desk()));
  command("doctor", "what works on this machine, what does not, and the next step")
    .argument("[file]", "a pipeline whose backends to look at as well")
    .option("--json", "the survey as JSON")
    .option("--fresh", "ask every backend again")
    .action(async (file: string | undefined, options) => (await import("./doctor.ts")).doctor(file, options, desk()));
  command("backends", "list backends, show one, or test one against the contract")
    .argument("[action]", "list, show or test", "list")
    .argument("[specifier]", "a backend: nvenc, ./mine/mod.ts, npm:name")
    .option("--json", "as JSON")
    .action(async (action: string, specifier: string | undefined, options) =>
      (await import("./backends.ts")).backends(action, specifier, { ...options, ...desk() }),
    );
  command("new", "write a backend of your own, ready to run, and its test")
    .argument("<kind>", "backend")
    .argument("<name>", "a lower-case word, such as vulkan")
    .option("--folder <folder>", "where its folder goes", ".")
    .action(async (kind: string, name: string, options) =>
      (await import("./new.ts")).writeNew(kind, name, { ...options, ...desk() }),
    );
  withAccel(withPipeline(command("plan", "decide everything, run nothing")))
    .option("--json", "the plan itself")
    .option("--commands", "show the exact argument lists")
    .option("--detailed-exitcode", "exit 2 where there is work to do, 0 where there is none")
    .option("--fresh", "ask every backend again")
    .action(async (file: string, options) => (await import("./plan.ts")).showPlan(file, options, desk()));
  withAccel(command("explain", "one decision in plain words"))
    .argument("<stage>", "the stage to explain")
    .argument("[file]", "the pipeline; the last one planned or run where left out")
    .option("--set <key=value>", "set a variable", collect, {})
    .action(async (stage: string, file: string | undefined, options) =>
      (await import("./plan.ts")).explain(stage, file, { ...options, ...desk() }),
    );
  withAccel(withPipeline(command("run", "plan, then do exactly that")))
    .option("--json", "events as NDJSON on stdout")
    .option("--report <file>", "write the run report there too")
    .option("--report-beside", "write it beside every output, as <output>.report.json")
    .option("--html <file>", "write the report there as one page")
    .option("--metrics-file <file>", "write Prometheus metrics there when done, for a textfile collector")
    .option("--metrics-keep", "let the counters in that file go on counting instead of starting anew")
    .option("--metrics-push <url>", "push Prometheus metrics to a Pushgateway when done")
    .option("--metrics-port <port>", "serve Prometheus metrics at /metrics while it runs; address:port for others")
    .option("--log-file <file>", "write logs there as NDJSON")
    .option("--force", "make everything again, changed or not")
    .option("--why", "say for every job why it ran or did not")
    .option("--fresh", "ask every backend again")
    .option("--jobs <n>", "render jobs at once", whole)
    .action(async (file: string, options) => (await import("./run.ts")).runPipeline(file, options, desk()));
  command("verify", "the checks an output has to pass, for any file")
    .argument("<media>", "the file to look at")
    .option("--against <plan>", "a plan from: vendue plan --json")
    .option("--json", "as JSON")
    .action(async (media: string, options) => (await import("./verify.ts")).verify(media, options, desk()));
  command("report", "show a run report; the last one where left out")
    .argument("[run]", "a run id or a report file")
    .option("--json", "as JSON")
    .option("--markdown", "as Markdown")
    .option("--html", "as one page that needs nothing else")
    .option("--list", "the runs there are, one a line, the newest last")
    .option("-o, --output <file>", "write it there instead of to stdout")
    .action(async (run: string | undefined, options) => (await import("./report.ts")).showReport(run, options, desk()));
  command("cost", "what the runs of a month came to; past a share of its budget the exit code says so")
    .addOption(new Option("--by <what>", "one line each").choices(["day", "backend", "pipeline"]).default("day"))
    .option("--month <month>", "such as 2026-03; the present one where left out")
    .option("--budget <amount>", "instead of the one in the configuration")
    .option("--json", "as JSON")
    .action(async (options) => (await import("./cost.ts")).showCost(options, desk()));
  command("schema", "print a JSON Schema: of pipelines, of events (run --json) or of reports")
    .addArgument(new Argument("[what]", "whose").choices(["pipeline", "events", "report"]).default("pipeline"))
    .action(async (what: SchemaName) => (await import("./schema.ts")).printSchema(what, desk()));
  command("completion", "print what a shell sources to complete commands and options")
    .addArgument(new Argument("<shell>", "which one").choices(["bash", "zsh", "fish"]))
    .action(async (shell: Shell) => (await import("./completion.ts")).printCompletion(shell, program, desk()));
  command("config", "print every setting and where it came from")
    .option("--json", "as JSON")
    .action(async (options) => (await import("./config.ts")).printConfig(options, desk()));
  // Its own commands and their options are known where it is loaded.
  command("bench", "measure speed and quality, GPU against CPU, and hold them to budgets")
    .helpOption(false)
    .allowUnknownOption()
    .argument("[arguments...]")
    .action(async (words: readonly string[], _, self: Command) =>
      (await import("./bench.ts")).bench(words, self, desk()),
    );
  return program;
}

function withPipeline(command: Command): Command {
  return command.argument("<pipeline>", "the pipeline file").option("--set <key=value>", "set a variable", collect, {});
}

function withAccel(command: Command): Command {
  return command
    .addOption(new Option("--accel <mode>", "who wants the GPU").choices(["preferred", "required", "off"]))
    .addOption(new Option("--prefer <what>", "what bids are weighed by").choices(["speed", "balanced", "quality"]));
}

function collect(text: string, before: Record<string, string>): Record<string, string> {
  const at = text.indexOf("=");
  if (at < 1) throw new InvalidArgumentError("it must be key=value");
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}

function whole(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("it must be a whole number");
  return Number(text);
}
