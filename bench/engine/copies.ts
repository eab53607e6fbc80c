import type { Figure } from "./figures.ts";
import { prove, type Kept } from "./proof.ts";
import { ratios } from "./ratios.ts";
import { compare, type Studio } from "./studio.ts";

const fps = 30;
const loopSec = 20;
const longSec = 600;
/** What an encode by hand is timed on: all that is copied is the same loop, so that the rest of it is as much work again. */
const sampleSec = loopSec / 2;
/** Cuts that neither begin nor end at a keyframe, of which there is one in every second. */
const removed = [
  [61.4, 75.3],
  [250.7, 266.2],
  [489.3, 499.6],
] as const;
const clips = ["one.mp4", "two.mp4", "three.mp4"];

/** Moving, grainy, and with a flash and a beep at every full second. */
async function looped(studio: Studio): Promise<void> {
  const flash = `drawbox=w=240:h=240:color=white:t=fill:enable='lt(mod(t+1/${2 * fps},1),0.2)'`;
  await studio.source("loop.mp4", (path) => [
    ...["-f", "lavfi", "-i", `testsrc2=s=1920x1080:r=${fps},format=yuv420p,noise=alls=3:allf=t,${flash}`],
    ...["-t", String(loopSec), "-c:v", "libx264", "-preset", "veryfast", "-crf", "26", "-g", String(fps)],
    ...["-sc_threshold", "0", "-x264-params", "open-gop=0", "-f", "mp4", path],
  ]);
}

/** The loop as often as asked, and one track of sound over all of it: where sound is looped, its last packet leaves a gap. */
async function repeated(studio: Studio, name: string, times: number): Promise<void> {
  const beep = `aevalsrc='0.5*sin(2*PI*1000*t)*lt(mod(t,1),0.2)':s=48000:d=${times * loopSec}`;
  await studio.source(name, (path) => [
    ...["-stream_loop", String(times - 1), "-i", studio.path("loop.mp4"), "-f", "lavfi", "-i", beep],
    ...["-map", "0:v", "-map", "1:a", "-c:v", "copy", "-c:a", "aac", "-b:a", "128k", "-f", "mp4", path],
  ]);
}

const pipeline = (inputs: string, stage: string, output: string) =>
  `version: 1\naccel: off\ninputs: { ${inputs} }\nstages:\n  - ${stage}\n  - id: web\n    export: { output: ${output}, video: { codec: copy }, audio: { codec: aac, bitrate: 128k } }\n`;

const encoded = `"$FF" -hide_banner -nostdin -y -v error -t ${sampleSec} -i long.mp4 -c:v libx264 -preset medium -crf 23 -c:a aac -b:a 128k -movflags +faststart out/encoded.mp4`;

/** Alike clips joined, and three cuts in ten minutes, against an encode of as much. */
export async function copies(studio: Studio): Promise<readonly Figure[]> {
  await looped(studio);
  await repeated(studio, "long.mp4", longSec / loopSec);
  const clipSec = longSec / clips.length;
  for (const name of clips) await repeated(studio, name, clipSec / loopSec);
  const cuts = removed.map(([from, to]) => `"${from}-${to}"`).join(", ");
  await studio.write("smart.yaml", pipeline("a: long.mp4", `cut: { remove: [${cuts}] }`, "out/smart.mp4"));
  const inputs = clips.map((name, nth) => `c${nth}: ${name}`).join(", ");
  await studio.write("joined.yaml", pipeline(inputs, "concat:", "out/joined.mp4"));
  await studio.vendue("smart.yaml", { plan: true });
  const took = await compare(
    {
      smart: () => studio.vendue("smart.yaml"),
      joined: () => studio.vendue("joined.yaml"),
      encoded: () => studio.script(encoded),
    },
    studio,
  );
  const whole = clips.map((source): Kept => ({ source, fromSec: 0, toSec: clipSec, sure: [0, clipSec] }));
  const ends = [0, ...removed.flat(), longSec];
  const parts = [0, 2, 4, 6].map((nth): Kept => {
    const [fromSec = 0, toSec = 0] = ends.slice(nth, nth + 2);
    return { source: "long.mp4", fromSec, toSec, sure: [Math.ceil(fromSec), Math.floor(toSec)] };
  });
  const partsSec = parts.reduce((sum, { fromSec, toSec }) => sum + toSec - fromSec, 0);
  const names = { joined: "copied concat", smart: "smart cut" };
  return [
    ...ratios(took, ["encoded", "joined"], `${names.joined}: encode / vendue`, longSec / sampleSec),
    ...(await prove(studio, { name: names.joined, made: "out/joined.mp4", fps, kept: whole })),
    ...ratios(took, ["encoded", "smart"], `${names.smart}: encode / vendue`, partsSec / sampleSec),
    ...(await prove(studio, { name: names.smart, made: "out/smart.mp4", fps, kept: parts })),
  ];
}
