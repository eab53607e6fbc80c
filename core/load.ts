import { dirname, resolve } from "node:path";
import { isVendueError, PipelineError, type Problem, VendueError } from "./errors.ts";
import {
  analyse,
  type BrokenBackend,
  createHost,
  expandInputs,
  type Host,
  loadBackends,
  type LoadedBackend,
  readMediaFiles,
  readTextFile,
  resolveSettings,
  type SettingName,
} from "./host/mod.ts";
import { doubtsFields, settleFields } from "./media/mod.ts";
import { parse, wishes } from "./pipeline/mod.ts";
import type { Media, Pipeline, VideoInfo } from "./types.ts";

/** Backends as loaded for one pipeline, with the machine they are to be tried on. */
export interface LoadedBackends {
  readonly loaded: readonly LoadedBackend[];
  readonly broken: readonly BrokenBackend[];
  readonly host: Host;
}

export interface Loaded {
  readonly pipeline: Pipeline;
  readonly media: Media;
  readonly backends: LoadedBackends;
  readonly host: Host;
}

export interface LoadOptions {
  /** Values for `${name}` in the pipeline. */
  readonly set?: Readonly<Record<string, string>>;
  /** Settings that outrank files and environment. */
  readonly flags?: Readonly<Partial<Record<SettingName, string | number>>>;
  readonly host?: Host;
  readonly signal?: AbortSignal;
}

/** Finds ffmpeg and the settings that hold in a folder. */
export async function openHost(folder: string, flags: LoadOptions["flags"] = {}): Promise<Host> {
  const { settings, origins } = await resolveSettings({
    folder,
    flags,
    parseYaml: async () => (await import("yaml")).parse,
  });
  return createHost({ settings, origins });
}

/** Reads a pipeline file and everything it names: inputs, their media, its backends. */
export async function load(file: string, options: LoadOptions = {}): Promise<Loaded> {
  const { set = {}, flags = {}, signal } = options;
  const path = resolve(file);
  const text = await readTextFile(path, "pipeline file");
  const host = options.host ?? (await openHost(dirname(path), flags));
  const { accel, prefer } = host.settings;
  const pipeline = outrank(parse(text, { file: path, set, defaults: { accel, prefer } }), flags);
  const [{ inputs, problems }, backends] = await Promise.all([
    expandInputs(pipeline),
    loadBackends(pipeline.backends, dirname(path)),
  ]);
  if (problems.length > 0) throw new PipelineError(path, problems);
  const media = await readMedia(pipeline, inputs, { host, signal });
  return { pipeline, media, backends: { ...backends, host }, host };
}

/** What was typed on the command line is stronger than what stands in the file. */
function outrank(pipeline: Pipeline, { accel, prefer }: NonNullable<LoadOptions["flags"]>): Pipeline {
  return {
    ...pipeline,
    ...(accel !== undefined && { accel: accel as Pipeline["accel"] }),
    ...(prefer !== undefined && { prefer: prefer as Pipeline["prefer"] }),
  };
}

async function readMedia(
  pipeline: Pipeline,
  inputs: Media["inputs"],
  { host, signal }: { readonly host: Host; readonly signal: AbortSignal | undefined },
): Promise<Media> {
  const { tools, settings, launcher } = host;
  const asked = pipeline.inputs.filter(({ playlist }) => playlist).flatMap(({ name }) => inputs[name] ?? []);
  const context = { tools, cache: settings.cache_dir, launcher, signal, limits: settings, playlists: new Set(asked) };
  const { files, errors } = await readMediaFiles(Object.values(inputs).flat(), context);
  if (errors.length > 0) throw unreadable(pipeline, inputs, errors);
  const passes = wishes(pipeline).flatMap(({ inputName, wish }) =>
    (inputs[inputName] ?? []).flatMap((path) => (files[path] ? [{ info: files[path], wish }] : [])),
  );
  const reads = pipeline.stages.some(({ renders }) => renders.some(({ subtitles }) => subtitles !== "drop"));
  const texts = Object.values(files).filter(({ subtitles }) => reads && subtitles.some(({ kind }) => kind === "text"));
  const doubtful = Object.values(files).filter(({ video }) => video && looksAtFields(pipeline, video));
  const wanted = [
    ...passes,
    ...texts.map((info) => ({ info, wish: { kind: "cues" } as const })),
    ...doubtful.map((info) => ({ info, wish: { kind: "fields" } as const })),
  ];
  const analyses = await Promise.all(wanted.map(({ info, wish }) => analyse(info, wish, context)));
  return { inputs, files: { ...files, ...settled(files, analyses) }, analyses };
}

/** Fields matter where a picture is encoded anew, and are looked at where the file does not tell them or was overruled. */
function looksAtFields({ stages }: Pipeline, video: VideoInfo): boolean {
  const encodes = stages.some(({ renders }) =>
    renders.some((one) => one.video !== "none" && one.video.codec !== "copy"),
  );
  const forced = stages.some((stage) => stage.kind === "normalize" && stage.video?.deinterlace === "on");
  return encodes && (forced || doubtsFields(video));
}

function settled(files: Media["files"], analyses: Media["analyses"]): Media["files"] {
  const seen = analyses.filter(({ wish }) => wish.kind === "fields");
  return Object.fromEntries(
    seen.flatMap(({ path, fields }) => (files[path] ? [[path, settleFields(files[path], fields)]] : [])),
  );
}

/** Each unreadable source at the line that names it. */
function unreadable(pipeline: Pipeline, inputs: Media["inputs"], errors: readonly unknown[]): unknown {
  const other = errors.find((error) => !isVendueError(error) || error.code === "CANCELLED");
  if (other !== undefined) return other;
  const problems = (errors as readonly VendueError[]).map(({ code, message, hint, data }): Problem => {
    const input = pipeline.inputs.find(({ name }) => inputs[name]?.includes(String(data["path"])));
    return {
      code,
      message,
      ...(hint !== undefined && { hint }),
      line: input?.at.line ?? 1,
      column: input?.at.column ?? 1,
    };
  });
  return new PipelineError(pipeline.file, problems);
}
