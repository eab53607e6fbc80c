import type { Figure } from "./figures.ts";
import { ratios } from "./ratios.ts";
import { compare, type Studio } from "./studio.ts";

const sizes = ["1920x1080", "1280x720", "854x480", "640x360"];

/** One decode and four encodes, against four scripts that each decode for themselves and check nothing. */
export async function renditions(studio: Studio): Promise<readonly Figure[]> {
  await studio.source("ladder-source.mp4", (path) => [
    ...["-f", "lavfi", "-i", "testsrc2=s=1920x1080:r=30", "-f", "lavfi", "-i", "sine=f=330:r=48000", "-t", "8"],
    ...["-vf", "noise=alls=5:allf=t", "-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-g", "60"],
    ...["-pix_fmt", "yuv420p", "-c:a", "aac", "-f", "mp4", path],
  ]);
  await studio.write("ladder.yaml", pipeline);
  await studio.vendue("ladder.yaml", { plan: true });
  const alone = sizes
    .map(
      (size) =>
        `"$FF" -hide_banner -nostdin -y -v error -i ladder-source.mp4 -vf scale=${size.replace("x", ":")}:flags=bicubic,format=yuv420p -c:v libx264 -preset veryfast -crf 23 -g 60 -c:a aac -b:a 128k out/alone-${size}.mp4`,
    )
    .join("\n");
  const took = await compare({ vendue: () => studio.vendue("ladder.yaml"), alone: () => studio.script(alone) }, studio);
  return ratios(took, ["vendue", "alone"], "4 renditions: vendue / four scripts");
}

const pipeline = `version: 1
accel: off
inputs: { a: ladder-source.mp4 }
stages:
  - id: web
    export:
      input: a
      output: "out/\${rendition}.mp4"
      renditions:
${sizes.map((size) => `        - { name: r${size.split("x")[1]}, video: { codec: h264, crf: 23, effort: faster, size: ${size} } }`).join("\n")}
`;
