import { isMeasured, type Scores } from "../types.ts";

/** Something is wrong with a picture, whatever its score. */
export interface Fault {
  readonly fault: "frames" | "offset" | "levels" | "range" | "chroma" | "collapse" | "tags" | "flat";
  /** A whole sentence, with the number. */
  readonly reason: string;
}

/** One code value of eight bits is less than an eye or an encoder's rounding makes. */
const mostShift = 1;
const mostContrast = 0.08;
const mostChromaDb = 1;

/**
 * The classic faults of a GPU path, most of which VMAF does not see: a frame too many or too late, colors wiped out,
 * levels stretched, tags lost, single frames broken. `reference` is the cpu encode of the same clip.
 */
export function faultsOf(scores: Scores, reference?: Scores): readonly Fault[] {
  const { frames, sourceFrames, offsetFrames, shift, contrast, psnr, collapsed } = scores;
  const faults: Fault[] = [];
  const add = (fault: Fault["fault"], reason: string) => faults.push({ fault, reason });
  if (frames !== sourceFrames) add("frames", `it has ${frames} frames, and the source ${sourceFrames}`);
  if (isMeasured(offsetFrames) && offsetFrames !== 0)
    add("offset", `the picture is one frame ${offsetFrames > 0 ? "late" : "early"}`);
  if (isMeasured(contrast) && contrast < 0.2) add("flat", "the picture has lost nearly all its contrast");
  else if (isMeasured(contrast) && Math.abs(contrast - 1) > mostContrast)
    add(
      "range",
      `dark to bright spans ${contrast.toFixed(2)} times the source: the range was ${contrast > 1 ? "stretched" : "squeezed"}`,
    );
  if (isMeasured(shift))
    for (const plane of ["y", "cb", "cr"] as const)
      if (Math.abs(shift[plane]) > mostShift)
        add("levels", `${plane} is ${shift[plane].toFixed(1)} code values off on average`);
  if (isMeasured(psnr) && reference && isMeasured(reference.psnr))
    for (const plane of ["cb", "cr"] as const)
      if (psnr[plane] < reference.psnr[plane] - mostChromaDb)
        add(
          "chroma",
          `${plane} has ${psnr[plane].toFixed(1)} dB, and the cpu encode ${reference.psnr[plane].toFixed(1)} dB`,
        );
  if (isMeasured(collapsed) && collapsed > 0)
    add("collapse", `${collapsed} frames are more than 30 points below the cpu encode's`);
  for (const change of scores.tagChanges) add("tags", `color tag ${change}`);
  return faults;
}
