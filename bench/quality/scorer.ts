import {
  describeBuild,
  environment,
  knownFfmpegs,
  readJson,
  shortHash,
  toolKey,
  writeJson,
} from "../../core/host/mod.ts";
import { VendueError } from "../../core/errors.ts";
import { join } from "node:path";
import type { Rig } from "../measure/mod.ts";

/** The ffmpeg that scores, and what it can score with. It need not be the one that encodes. */
export interface Scorer {
  readonly program: string;
  readonly version: string;
  /** What VMAF's headline number is made with; absent where no ffmpeg here has libvmaf. */
  readonly model?: string;
  /** The model that does not reward sharpening, where the build has it. */
  readonly neg?: string;
  /** Builds that were looked at for libvmaf, in that order. */
  readonly looked: readonly string[];
}

/** Newest first: version 1 sees chroma and banding, and wants ten bits. */
const models = ["vmaf_v1.0.16_3d0h", "vmaf_v0.6.1"] as const;
const negModel = "vmaf_v0.6.1neg";

export function wantsTenBits({ model }: Pick<Scorer, "model">): boolean {
  return model?.startsWith("vmaf_v1") ?? false;
}

/** Looks through every ffmpeg of this machine for one that has VMAF; else the host's own scores by PSNR and SSIM. */
export async function findScorer(rig: Rig): Promise<Scorer> {
  const { host } = rig;
  const looked: string[] = [];
  for (const program of knownFfmpegs(host.tools, environment())) {
    looked.push(program);
    const build = await describeBuild(program, { cache: host.settings.cache_dir, launcher: host.launcher }).catch(
      () => undefined,
    );
    if (!build?.filters.includes("libvmaf")) continue;
    const found = await modelsOf(program, rig);
    if (found.model !== undefined) return { program, version: build.version, ...found, looked };
  }
  const { path, version } = await host.build();
  return { program: path, version, looked };
}

/** Listed is not working: a build may have the filter and none of its models. Remembered for each binary. */
async function modelsOf(program: string, rig: Rig): Promise<Pick<Scorer, "model" | "neg">> {
  const file = join(rig.cache, "vmaf", `${shortHash([await toolKey(program), models])}.json`);
  const known = (await readJson(file)) as Pick<Scorer, "model" | "neg"> | undefined;
  if (known !== undefined) return known;
  let model: string | undefined;
  for (const one of models) if (await loads(one, program, rig)) model ??= one;
  const neg = (await loads(negModel, program, rig)) ? negModel : undefined;
  const found = { ...(model !== undefined && { model }), ...(neg !== undefined && { neg }) };
  await writeJson(file, found).catch(() => undefined);
  return found;
}

async function loads(model: string, program: string, { host, signal }: Rig): Promise<boolean> {
  const source = "testsrc2=size=192x108:rate=25:duration=0.12,format=yuv420p10le";
  const graph = `${source},split[a][b];[a][b]libvmaf=model=version=${model}`;
  const args = ["-hide_banner", "-nostdin", "-v", "error", "-filter_complex", graph, "-f", "null", "-"];
  const ended = await host.spawn({ program, args, signal, limitSec: 30 });
  if (ended.why === "cancelled") throw new VendueError("CANCELLED", "Looking for VMAF was cancelled");
  return ended.why === "exited" && ended.exitCode === 0;
}
