import { relative, resolve } from "node:path";
import { PipelineError, VendueError } from "../errors.ts";
import { askOnTerminal, type Asker, identify, mediaNames, writeWhole } from "../host/mod.ts";
import { openHost } from "../mod.ts";
import { parse } from "../pipeline/mod.ts";
import { draft, type Wishes } from "./draft.ts";
import type { Desk } from "./main.ts";

export interface InitFlags extends Wishes {
  readonly from?: string;
  readonly force?: boolean;
  /** Asks nothing. */
  readonly yes?: boolean;
}

/** Writes a pipeline that can be run as it is. On a terminal it asks for what no flag has said; anywhere else it does not. */
export async function init(file: string, flags: InitFlags, { output, signal }: Desk): Promise<void> {
  const path = resolve(file);
  if (!flags.force && (await identify(path)) !== undefined)
    throw new VendueError("USAGE", `${path} is there already`, {
      hint: "choose another name, or replace it with --force",
    });
  const { from, ...wishes } = await complete(flags, signal);
  const info = from === undefined ? undefined : await (await openHost(process.cwd())).readMedia(resolve(from), signal);
  const text = draft(path, info, wishes);
  refuseWrong(path, text);
  await writeWhole(path, text);
  output.note(`wrote ${path}; next: vendue plan ${relative(process.cwd(), path)}`);
}

/** Every question has an answer already; the return key takes it. */
async function complete(flags: InitFlags, signal: AbortSignal): Promise<Wishes & Pick<InitFlags, "from">> {
  const { yes = false, force: _, ...wishes } = flags;
  const asker = yes ? undefined : await askOnTerminal(signal);
  if (asker === undefined) return wishes;
  try {
    const from = wishes.from ?? (await askFor(asker, "Which clip?", await mediaNames(process.cwd()), { free: true }));
    return {
      ...wishes,
      ...(from !== undefined && from !== "" && { from }),
      accel:
        wishes.accel ?? (await askFor(asker, "Who wants the GPU?", ["preferred", "required", "off"])) ?? "preferred",
      loudness:
        wishes.loudness ??
        (await askFor(asker, "How loud?", ["streaming", "podcast", "broadcast", "off"])) ??
        "streaming",
      codec: wishes.codec ?? (await askFor(asker, "Which codec?", ["h264", "hevc", "av1", "vp9"])) ?? "h264",
      quality: wishes.quality ?? (await asker.ask("Which quality, 0 to 100? [70] ")) ?? "70",
    };
  } finally {
    asker.close();
  }
}

/** Asks until the answer is one of the words; the first of them is taken where there is none. */
async function askFor(
  { ask, say }: Asker,
  question: string,
  words: readonly string[],
  { free = false }: { readonly free?: boolean } = {},
): Promise<string | undefined> {
  for (;;) {
    const answer = await ask(`${question} ${words.join(", ")}${words.length > 0 ? ` [${words[0]}]` : ""} `);
    if (answer === undefined) return words[0];
    if (free || words.includes(answer)) return answer;
    say(`${answer} is none of them`);
  }
}

/** What was asked for has to make a pipeline that is well formed; the mistakes of others never reach a file. */
function refuseWrong(path: string, text: string): void {
  try {
    parse(text, { file: path });
  } catch (error) {
    if (!(error instanceof PipelineError)) throw error;
    const [first] = error.problems;
    throw new VendueError("USAGE", `That makes no pipeline: ${first?.message ?? error.message}`, {
      ...(first?.hint !== undefined && { hint: first.hint }),
    });
  }
}
