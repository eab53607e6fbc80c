import { Command, InvalidArgumentError } from "commander";
import type { Desk } from "./main.ts";

/** `vendue bench ...`: a command line of its own inside the other. Every command loads only what it needs. */
export async function bench(words: readonly string[], outer: Command, desk: Desk): Promise<void> {
  const program = new Command("vendue bench")
    .copyInheritedSettings(outer)
    .description("Measures speed and quality of every backend here, and judges what changed")
    .helpOption("-h, --help", "what there is");
  const command = (name: string, text: string) =>
    program.command(name).description(text).copyInheritedSettings(program).helpOption("-h, --help", "what there is");

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
  await program.parseAsync(words.length > 0 ? words : ["--help"], { from: "user" });
}

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= 0)) throw new InvalidArgumentError("it must be a number of seconds");
  return value;
}
