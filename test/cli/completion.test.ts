import { execa, execaSync } from "execa";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeProject, type Project } from "../support/project.ts";

let project: Project;
beforeAll(async () => (project = await makeProject()));
afterAll(() => project.remove());

/** What is typed so far, and what has to be offered. */
const lines: readonly (readonly [typed: readonly string[], offered: readonly string[]])[] = [
  [["va"], ["validate"]],
  [["run", "--acc"], ["--accel"]],
  [
    ["run", "--accel", ""],
    ["preferred", "required", "off"],
  ],
  [["--verbose", "cost", "--by", "d"], ["day"]],
  [["schema", "e"], ["events"]],
];

interface Shell {
  readonly name: "bash" | "zsh" | "fish";
  /** Sources the file, completes the words, prints what is offered, one a line. */
  ask(file: string, words: readonly string[]): readonly string[];
}

const shells: readonly Shell[] = [
  {
    name: "bash",
    ask: (file, words) => [
      ...[
        "--norc",
        "-c",
        `source "$1"; shift; COMP_WORDS=(vendue "$@"); COMP_CWORD=$#; _vendue; printf '%s\\n' "\${COMPREPLY[@]}"`,
      ],
      ...["bash", file, ...words],
    ],
  },
  {
    name: "zsh",
    // The functions of the completion system, as far as it needs a terminal, are told to print instead.
    ask: (file, words) => [
      "-f",
      "-c",
      `compdef() { :; }; source "$1"; shift; words=(vendue "$@"); CURRENT=$#words
       offer() { for one in "$@"; do [[ $one == \${words[CURRENT]}* ]] && print -r -- $one; done }
       compadd() { shift; offer "$@" }; _files() { :; }; _describe() { offer "\${(@)\${(@P)2}%%:*}" }; _vendue`,
      "zsh",
      file,
      ...words,
    ],
  },
  {
    name: "fish",
    ask: (file, words) => [
      "--no-config",
      "-c",
      `source $argv[1]; complete -C "vendue $argv[2..]" | string split -f1 \\t`,
      file,
      ...words,
    ],
  },
];

test.for(shells)(
  "completion of $name offers commands, options and their words once it is sourced",
  async ({ name, ask }, { skip }) => {
    if (execaSync("which", [name], { reject: false }).exitCode !== 0) return skip(`${name} is not installed`);
    const { stdout } = await project.vendue(["completion", name]);
    const file = await project.write(`vendue.${name}`, `${stdout}\n`);
    for (const [typed, offered] of lines) {
      const { stdout: said, stderr } = await execa(name, ask(file, typed), { reject: false });
      expect([
        typed,
        said
          .split("\n")
          .filter((line) => line !== "")
          .sort(),
        stderr,
      ]).toEqual([typed, [...offered].sort(), ""]);
    }
  },
);

test("completion knows every command there is, and refuses a shell it does not know", async () => {
  const [help, script] = await Promise.all([project.vendue(["--help"]), project.vendue(["completion", "bash"])]);
  const commands = [...help.stdout.matchAll(/^ {2}(\w+) /gm)]
    .map(([, name = ""]) => name)
    .filter((name) => name !== "help");
  expect(commands.length).toBeGreaterThan(14);
  for (const name of commands) expect(script.stdout).toMatch(new RegExp(`\\b${name}\\b`));
  const bad = await project.vendue(["completion", "tcsh"]);
  expect(bad.exitCode).toBe(2);
  expect(bad.stderr).toContain("bash, zsh, fish");
});
