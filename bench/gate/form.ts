import { Ajv } from "ajv";
import { type Form, object } from "../../core/pipeline/mod.ts";

const number = String.raw`\d+(?:\.\d+)?`;

/** How each budget is written, in which unit, and what it holds. One list for the schema, the reader and the docs. */
export const budgetForms = {
  speedup_at_least: form("x?", "times the cpu backend's speed, at the low end of the interval", "4x"),
  slower_at_most: form("%", "CPU (or engine) time against the base commit or the baseline", "5 %"),
  wall_slower_at_most: form("%", "wall time against the base commit", "25 %"),
  vmaf_within: form("points?|", "VMAF points below the cpu backend at the same bitrate", "2"),
  p5_within: form("points?|", "VMAF points of the worst twentieth of the frames, below the cpu backend", "5"),
  chroma_within: form("dB", "PSNR of Cb and Cr below the cpu backend", "1 dB"),
  luma_within: form("dB", "SSIM and PSNR of luma below the cpu backend, where there is no VMAF", "1 dB"),
  shift_within: form("levels?|", "mean difference from the source in code values, plane by plane", "1"),
  collapsed_at_most: form("frames?|", "frames more than 30 points below the cpu backend's", "0"),
  size_within: form(
    "%",
    "of the requested bitrate, or with a quality knob, of the cpu backend's bits at equal quality",
    "10 %",
  ),
  cpu_at_most: form("ms|s", "CPU time of one encode, on this machine alone", "3 s"),
  wall_at_most: form("ms|s", "wall time of one encode, on this machine alone", "5 s"),
  fps_at_least: form("fps|", "frames a second, on this machine alone", "120 fps"),
  streams_at_least: form("streams?|", "streams that one device carries in real time", "4"),
} as const satisfies Readonly<Record<string, BudgetForm>>;

export type BudgetName = keyof typeof budgetForms;

interface BudgetForm {
  readonly pattern: string;
  readonly holds: string;
  readonly example: string;
}

function form(units: string, holds: string, example: string): BudgetForm {
  return { pattern: `^(${number}) ?(?:${units})$`, holds, example };
}

const words = (description: string) => ({
  anyOf: [
    { type: "string", minLength: 1 },
    { type: "array", items: { type: "string", minLength: 1 }, minItems: 1 },
  ],
  description,
  errorMessage: "write one name, or a list such as [nvenc, vaapi]",
});

/** The budget file as JSON Schema, for editors and for our own errors. */
export const budgetSchema = {
  $schema: "http://json-schema.org/draft-07/schema#",
  title: "Vendue bench budgets",
  ...object(
    {
      version: { const: 1, description: "The version of this format. Always 1.", errorMessage: "write version: 1" },
      budgets: {
        type: "array",
        minItems: 1,
        description: "What has to hold. Each one is about every case that its `for` matches.",
        errorMessage: "write a list of budgets, each starting with a dash",
        items: {
          ...object({
            for: {
              ...object({
                backend: words("Which backends. Left out: all of them"),
                codec: words("Which codecs. Left out: all of them"),
                clip: words("Which clips. Left out: all of them"),
              }),
              description: "What it is about. Left out: everything",
              errorMessage: "write what it is about, such as for: { backend: nvenc }",
            },
            required: {
              type: "boolean",
              description: "Whether something not measured, or too noisy to tell, fails as well. Left out: false",
              errorMessage: "write true or false, without quotes",
            },
            ...Object.fromEntries(
              Object.entries<BudgetForm>(budgetForms).map(([name, { pattern, holds, example }]) => [
                name,
                {
                  // A bare number only where it can mean one thing.
                  ...(new RegExp(pattern).test("5") ? { type: ["string", "number"], minimum: 0 } : { type: "string" }),
                  pattern,
                  description: `At ${name.endsWith("least") ? "least" : "most"} so much: ${holds}`,
                  errorMessage: `write a value such as ${example}`,
                },
              ]),
            ),
          }),
          errorMessage: "write budgets such as { for: { backend: nvenc }, speedup_at_least: 4x }",
        },
      },
    },
    { required: ["version", "budgets"] },
  ),
} as const;

/** A gate runs once; compiling here costs less than another generated file would. */
export function budgetForm(): Form {
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, messages: false });
  ajv.addVocabulary(["errorMessage"]);
  return { schema: budgetSchema as Form["schema"], validate: ajv.compile(budgetSchema) as Form["validate"] };
}
