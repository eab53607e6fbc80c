import { audio, video } from "./schema_export.ts";
import { described, exclusive, flag, object, oneOrMany, type Schema, text, word } from "./schema_parts.ts";
import { stage } from "./schema_stages.ts";

const path = text("A path, or a glob that stands for a list in natural order", {
  pattern: String.raw`\S`,
  errorMessage: "write one path or glob as text",
});

/**
 * The pipeline file as JSON Schema, draft-07, which editors understand in full. `errorMessage` is not in the standard;
 * the YAML language server shows it, and so do our own errors, so that both say the same.
 */
export const schema: Schema = {
  $schema: "http://json-schema.org/draft-07/schema#",
  title: "Vendue pipeline",
  ...object(
    {
      version: { const: 1, description: "The version of this format. Always 1.", errorMessage: "write version: 1" },
      name: text("What the pipeline is called; ${name} in templates. Left out: the file's name", {
        pattern: String.raw`^[^/\\\x00-\x1f]+$`,
        errorMessage: "write a name without slashes",
      }),
      use_gpu: {
        type: "boolean",
        description: "The plain form of accel: true is preferred, false is off. Not together with accel.",
        errorMessage: "write true or false, without quotes",
      },
      accel: word(["preferred", "required", "off"], "Use a GPU if it works, fail without one, or never touch it"),
      prefer: word(["speed", "balanced", "quality"], "What the auction favours. Left out: balanced"),
      vars: {
        type: ["object", "null"],
        description: "Variables and their defaults: ${key} in any text; --set key=value replaces a default.",
        additionalProperties: { type: ["string", "number", "boolean", "null"], errorMessage: "write one plain value" },
        errorMessage: "write one name and default per line, such as talk: media/talk.mov",
      },
      inputs: {
        ...object({}),
        minProperties: 1,
        additionalProperties: {
          anyOf: [
            path,
            object(
              { path, playlist: flag("It is a playlist (m3u8), and may open the files in its own folder") },
              { required: ["path"] },
            ),
          ],
          description: "A path, a glob, or { path, playlist: true }",
          errorMessage: "write one path or glob as text, or a map such as { path: show.m3u8, playlist: true }",
        },
        propertyNames: {
          type: "string",
          pattern: "^[A-Za-z][A-Za-z0-9_-]*$",
          errorMessage: "start a name with a letter and go on with letters, digits, _ or -",
        },
        description: "Named inputs, relative to this file.",
        errorMessage: "write one name and path per line, such as talk: media/talk.mov",
      },
      backends: {
        type: "array",
        items: { $ref: "#/definitions/backend" },
        description: "Which backends may bid, by specifier. Left out: every built-in.",
        errorMessage: "write a list such as [nvenc, cpu]",
      },
      stages: {
        type: "array",
        minItems: 1,
        items: { $ref: "#/definitions/stage" },
        description: "The steps. A stage that names no inputs takes the stage before it.",
        errorMessage: "write a list of stages, each starting with a dash",
      },
    },
    { required: ["version", "inputs", "stages"], ...exclusive("use_gpu", "accel") },
  ),
  definitions: {
    backend: {
      anyOf: [{ type: "string", pattern: String.raw`\S` }, backendUse()],
      description: "A specifier (nvenc, ./my-backend/mod.ts, npm:@scope/pkg), or one with options and permissions.",
      errorMessage: "write a specifier such as nvenc, or { use: nvenc, options: {}, allow: {} }",
    },
    stage,
    video,
    audio,
  },
};

function backendUse(): Schema {
  const list = (what: string) => described(oneOrMany(text(what)), what);
  return object(
    {
      use: text("Built-in name, ./path/mod.ts or npm:package", {
        pattern: String.raw`\S`,
        errorMessage: "write a specifier such as use: nvenc",
      }),
      options: { type: "object", description: "Handed to the backend as they are." },
      allow: object({
        read: list("Paths its probe may look at"),
        env: list("Environment variables it may see"),
        run: list("Vendor tools it may ask"),
      }),
    },
    { required: ["use"] },
  );
}
