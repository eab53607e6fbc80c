/**
 * Still frames of natural texture, made of nothing but noise: layers at octave scales with equal energy, which is how
 * real pictures spread their detail, mixed with hard-edged patches, which is what objects in front of each other give.
 *
 * The numbers and the way they are written decide every pixel, and so the hashes in manifest.json.
 * @module
 */

/** Swscale's default differs by processor; these flags give the same pixels everywhere. */
export const exact = "flags=bicubic+accurate_rnd+bitexact+full_chroma_int";

export interface Texture {
  readonly width: number;
  readonly height: number;
  readonly seed: number;
  /** Above zero smoother, below rougher than nature. */
  readonly slope?: number;
  readonly contrast?: number;
  readonly bright?: number;
  readonly saturation?: number;
  /** How much of the picture is hard-edged patches, 0 to 1. */
  readonly regions?: number;
  readonly levels?: number;
  /** The coarsest and the finest layer, in pixels per cell. */
  readonly from?: number;
  readonly to?: number;
}

/** A chain of filters that ends in the pad `label`: one frame, repeated for ever. */
export function texture(label: string, recipe: Texture): string {
  const { width, height, seed, slope = 0, contrast = 5, bright = 0, saturation = 0.2 } = recipe;
  const { regions = 0, levels = 36, from = 256, to = 2 } = recipe;
  const octaves: number[] = [];
  for (let cell = from; cell >= to; cell /= 2) octaves.push(cell);
  const layers = octaves.map((cell, nth) => noise(`${label}n${nth}`, { width, height, cell, seed: seed + nth * 97 }));
  const pads = octaves.map((_, nth) => `[${label}n${nth}]`).join("");
  const weights = octaves.map((cell) => (cell ** slope).toFixed(4)).join(" ");
  const mix = `${pads}mix=inputs=${octaves.length}:weights='${weights}':duration=shortest`;
  // Without a named format the graph would settle on 8 bits between two filters and clip.
  const still = `${mix},format=yuv420p12le,${levelsOf(contrast, { bright, saturation })},format=yuv420p12le[${label}t]`;
  const hold = "format=yuv420p,loop=loop=-1:size=1:start=0";
  if (regions === 0) return [...layers, still, `[${label}t]null,${hold}[${label}]`].join(";");
  const weight = `${(1 - regions).toFixed(2)} ${regions}`;
  return [
    ...layers,
    still,
    ...patches(label, { width, height, seed, bright, saturation, levels }),
    `[${label}t][${label}g]mix=inputs=2:weights='${weight}',${hold}[${label}]`,
  ].join(";");
}

interface Layer {
  readonly width: number;
  readonly height: number;
  readonly cell: number;
  readonly seed: number;
}

function noise(pad: string, { width, height, cell, seed }: Layer): string {
  const size = `${cells(width, cell)}x${cells(height, cell)}`;
  return `color=c=0x808080:s=${size}:r=1:d=1,format=yuv420p,noise=alls=100:allf=u:all_seed=${seed},format=yuv420p12le,scale=${width}:${height}:${exact},trim=end_frame=1[${pad}]`;
}

function cells(pixels: number, cell: number): number {
  return Math.max(8, Math.ceil(pixels / cell / 2) * 2);
}

function levelsOf(contrast: number, { bright, saturation }: { readonly bright: number; readonly saturation: number }) {
  const chroma = contrast * saturation;
  const luma = `clip((val-2048)*${contrast}+2048+${bright * 16},256,3760)`;
  return `lutyuv=y='${luma}':u='clip((val-2048)*${chroma}+2048,256,3840)':v='clip((val-2048)*${chroma}+2048,256,3840)'`;
}

/** A coarse field cut into steps of grey and colour. */
function patches(
  label: string,
  recipe: Required<Pick<Texture, "width" | "height" | "seed" | "bright" | "saturation" | "levels">>,
): readonly string[] {
  const { width, height, seed, bright, saturation, levels } = recipe;
  const coarse = [256, 128, 64].map((cell, nth) =>
    noise(`${label}r${nth}`, { width, height, cell, seed: seed + 7000 + nth * 89 }),
  );
  const step = levels * 16;
  const color = 4.5 * saturation * 1.6;
  const luma = `clip(floor(((val-2048)*4.5+2048+${bright * 16})/${step})*${step}+${step / 2},256,3760)`;
  const chroma = `clip(floor(((val-2048)*${color}+2048)/${step / 2})*${step / 2}+${step / 4},256,3840)`;
  return [
    ...coarse,
    `[${label}r0][${label}r1][${label}r2]mix=inputs=3:weights='3 2 1':duration=shortest,format=yuv420p12le,lutyuv=y='${luma}':u='${chroma}':v='${chroma}',format=yuv420p12le[${label}g]`,
  ];
}
