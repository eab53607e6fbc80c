import type { Figure } from "./figures.ts";
import { ratios } from "./ratios.ts";
import { compare, type Studio } from "./studio.ts";

const count = 40;
const lengthSec = 0.2;
const starts = Array.from({ length: count }, (_, nth) => (nth * 7) % 29);

/** Forty ranges of a 1080p source: memory has to stay bounded, and the whole may cost little more than its parts. */
export async function many(studio: Studio): Promise<readonly Figure[]> {
  await studio.source("many-source.mp4", (path) => [
    ...["-f", "lavfi", "-i", "testsrc2=s=1920x1080:r=30", "-f", "lavfi", "-i", "sine=f=330:r=48000", "-t", "30"],
    ...["-c:v", "libx264", "-preset", "ultrafast", "-g", "60", "-pix_fmt", "yuv420p", "-c:a", "aac", "-f", "mp4", path],
  ]);
  const keep = starts.map((from) => `"${from}-${from + lengthSec}"`).join(", ");
  await studio.write(
    "many.yaml",
    `version: 1\naccel: off\ninputs: { a: many-source.mp4 }\nstages:\n  - cut: { keep: [${keep}] }\n  - id: web\n    export: { output: out/many.mp4, video: { codec: h264, crf: 23, effort: faster } }\n`,
  );
  await studio.vendue("many.yaml", { plan: true });
  const parts = starts
    .map(
      (from, nth) =>
        `"$FF" -hide_banner -nostdin -y -v error -ss ${from} -t ${lengthSec} -i many-source.mp4 -c:v libx264 -preset veryfast -crf 23 -g 60 -c:a aac out/part-${nth}.mp4`,
    )
    .join("\n");
  const took = await compare({ vendue: () => studio.vendue("many.yaml"), parts: () => studio.script(parts) }, studio);
  const peaks = took.vendue.map(({ peakBytes }) => peakBytes / 1e9 || Number.NaN);
  return [
    { name: "40 segments: peak memory, GB", values: peaks },
    ...ratios(took, ["vendue", "parts"], "40 segments: vendue / sum of parts"),
  ];
}
