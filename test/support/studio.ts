import { resolve } from "node:path";
import { execaSync } from "execa";
import { load, openHost, plan, run, survey } from "../../core/mod.ts";
import type { MediaInfo, Plan, Report } from "../../core/types.ts";
import { makeProject, type Project } from "./project.ts";

/** Renders pipelines inside this process, with one ffmpeg build; the machine is surveyed once. */
export interface Studio extends Project {
  readonly ffmpeg: string;
  render(yaml: string): Promise<Rendered>;
  plan(yaml: string): Promise<Plan>;
  read(name: string): Promise<MediaInfo>;
  /** One frame as rgb24 bytes, scaled to a size where one is given. */
  frame(name: string, options?: FrameOptions): Uint8Array;
}

export interface Rendered {
  readonly plan: Plan;
  readonly report: Report;
}

interface FrameOptions {
  readonly nth?: number;
  readonly filter?: string;
  readonly args?: readonly string[];
}

export async function makeStudio(ffmpeg: string, { accel = "off" } = {}): Promise<Studio> {
  const project = await makeProject({ ffmpeg });
  const flags = {
    ffmpeg,
    accel,
    cache_dir: project.path(".cache"),
    state_dir: project.path(".state"),
  } as const;
  const host = await openHost(project.folder, flags);
  let count = 0;
  const at = (name: string) => resolve(project.folder, name);
  async function prepare(yaml: string) {
    const file = await project.write(`p${count++}.yaml`, yaml);
    const loaded = await load(file, { host });
    return plan(loaded.pipeline, loaded.media, await survey(loaded.backends));
  }
  return {
    ...project,
    ffmpeg,
    plan: prepare,
    async render(yaml) {
      const chosen = await prepare(yaml);
      return { plan: chosen, report: await run(chosen, { host }).report };
    },
    read: (name) => host.readMedia(at(name)),
    frame: (name, options) => frameOf(ffmpeg, at(name), options),
  };
}

/** One frame of a file as rgb24 bytes, filtered where that is asked. */
export function frameOf(
  ffmpeg: string,
  path: string,
  { nth = 0, filter = "null", args = [] }: FrameOptions = {},
): Uint8Array {
  const picture = `select=eq(n\\,${nth}),${filter}`;
  const out = ["-frames:v", "1", "-pix_fmt", "rgb24", "-f", "rawvideo", "-"];
  const { stdout } = execaSync(
    ffmpeg,
    ["-v", "error", "-nostdin", ...args, "-i", path, "-map", "0:v:0", "-vf", picture, ...out],
    { encoding: "buffer" },
  );
  return stdout;
}

/** Peak signal to noise between two pictures of the same size, in dB; 99 where they are equal. */
export function psnr(a: Uint8Array, b: Uint8Array): number {
  if (a.length !== b.length || a.length === 0) return 0;
  const mse = a.reduce((sum, value, nth) => sum + (value - (b[nth] ?? 0)) ** 2, 0) / a.length;
  return mse === 0 ? 99 : 10 * Math.log10(255 ** 2 / mse);
}
