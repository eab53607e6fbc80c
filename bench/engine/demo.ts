import type { Figure } from "./figures.ts";
import { filmed } from "./filmed.ts";
import { inTurn, ratios } from "./ratios.ts";
import { compare, type Studio } from "./studio.ts";
import { vmafOf } from "./vmaf.ts";

const clips = [
  { name: "talk", kind: "talk", fps: 30, frames: 180, gainDb: -3 },
  { name: "sport", kind: "sport", fps: 25, frames: 150, gainDb: -14 },
  { name: "water", kind: "water", fps: 30, frames: 180, gainDb: -9 },
] as const;
const starts = [1, 4];
const lengthSec = 1.5;
const frames = clips.length * starts.length * lengthSec * 30;

const pipeline = `version: 1
name: demo
accel: off
inputs: { ${clips.map(({ name }) => `${name}: ${name}.mp4`).join(", ")} }
stages:
  - id: level
    normalize:
      loudness: { target: -16 LUFS, true_peak: -1 dBTP }
      video: { size: 1280x720, fit: contain, fps: 30 }
      audio: { sample_rate: 48000, channels: stereo }
  - id: best
    cut: { keep: [${starts.map((from) => `"${from}-${from + lengthSec}"`).join(", ")}] }
  - id: show
    concat:
  - id: web
    export: { output: out/vendue.mp4, video: { codec: h264, crf: 23 }, audio: { codec: aac, bitrate: 128k } }
`;

const picture = "fps=30,scale=1280:720:flags=bicubic,setsar=1,format=yuv420p";
const ending = "-c:v libx264 -preset medium -crf 23 -g 60";
const sound = "-c:a aac -b:a 128k -ar 48000 -ac 2";
const quiet = '"$FF" -hide_banner -nostdin -y -v error';
const segments = clips.flatMap(({ name }) => starts.map((from) => ({ name, from })));
const pads = segments.map((_, nth) => `[v${nth}][a${nth}]`).join("");

/** Loudness in passes of sound alone, side by side, then one graph: as good as it gets by hand, but for every check. */
const fused = (encode: string, output: string) => `
m() { "$FF" -hide_banner -nostdin -vn -i $1.mp4 -map 0:a:0 -af ebur128 -f null - 2>&1 | grep -o 'I: *-[0-9.]* LUFS' | tail -1 | grep -o -- '-[0-9.]*' > out/$1.lufs; }
${clips.map(({ name }) => `m ${name} &`).join(" ")} wait
g() { awk -v i=$(cat out/$1.lufs) 'BEGIN{printf "%.2f", -16-i}'; }
${quiet} ${segments.map(({ name, from }) => `-ss ${from} -t ${lengthSec} -i ${name}.mp4`).join(" ")} -filter_complex "${segments
  .map(
    ({ name }, nth) =>
      `[${nth}:v]${picture}[v${nth}];[${nth}:a]volume=$(g ${name})dB,aresample=48000,aformat=sample_fmts=fltp:channel_layouts=stereo[a${nth}]`,
  )
  .join(
    ";",
  )};${pads}concat=n=${segments.length}:v=1:a=1[v][a]" -map '[v]' -map '[a]' ${encode} ${sound} -movflags +faststart ${output}`;

/** A file after every stage, as scripts are written: each is encoded, and the next one decodes it. */
const staged = (between: string, output: string) =>
  [
    ...clips.map(
      ({ name }) =>
        `${quiet} -i ${name}.mp4 -vf '${picture}' -af loudnorm=I=-16:TP=-1 ${between} ${sound} out/n-${name}.mp4`,
    ),
    ...segments.map(
      ({ name, from }, nth) =>
        `${quiet} -ss ${from} -i out/n-${name}.mp4 -t ${lengthSec} -frames:v ${lengthSec * 30} ${between} ${sound} out/c-${nth}.mp4`,
    ),
    `${quiet} ${segments.map((_, nth) => `-i out/c-${nth}.mp4`).join(" ")} -filter_complex '${segments.map((_, nth) => `[${nth}:v][${nth}:a]`).join("")}concat=n=${segments.length}:v=1:a=1[v][a]' -map '[v]' -map '[a]' ${between} ${sound} out/all.mp4`,
    `${quiet} -i out/all.mp4 ${ending} ${sound} -movflags +faststart ${output}`,
  ].join("\n");

/** Three clips, two ranges of each, one loudness and size: against the scripts that people write for it. */
export async function demo(studio: Studio): Promise<readonly Figure[]> {
  for (const clip of clips) await filmed(studio, clip.name, clip);
  await studio.write("demo.yaml", pipeline);
  await studio.vendue("demo.yaml", { plan: true });
  const took = await compare(
    {
      hand: () => studio.script(fused(ending, "out/hand.mp4")),
      decoded: () => studio.script(`${quiet} -i out/hand.mp4 -f null -`),
      vendue: () => studio.vendue("demo.yaml"),
      staged: () => studio.script(staged(ending, "out/staged.mp4")),
      quick: () => studio.script(staged("-c:v libx264 -preset veryfast -crf 16", "out/quick.mp4")),
    },
    studio,
  );
  const checked = took.hand.flatMap((hand, round) => (took.decoded[round] ? [inTurn(hand, took.decoded[round])] : []));
  await studio.script(fused("-c:v libx264 -preset ultrafast -qp 0", "out/reference.mp4"));
  const scores = await vmafOf(studio, { reference: "out/reference.mp4", frames }, ["vendue", "staged", "quick"]);
  const above = (name: string, other: "staged" | "quick"): Figure => ({
    name: `demo: VMAF above ${name}`,
    values: [scores.vendue - scores[other]],
    note: Number.isNaN(scores.vendue)
      ? "no ffmpeg here has libvmaf"
      : `${scores.vendue.toFixed(1)} and ${scores[other].toFixed(1)}`,
  });
  return [
    ...ratios(took, ["staged", "vendue"], "demo: staged script / vendue"),
    ...ratios(took, ["quick", "vendue"], "demo: fast intermediates / vendue"),
    ...ratios(took, ["vendue", "hand"], "demo: vendue / fused by hand"),
    ...ratios({ ...took, checked }, ["vendue", "checked"], "demo: vendue / by hand and decoded once"),
    above("staged", "staged"),
    above("fast intermediates", "quick"),
    ...(await secondRun(studio)),
  ];
}

/** With everything unchanged: ffmpeg is not even asked what it is. */
async function secondRun(studio: Studio): Promise<readonly Figure[]> {
  const { again } = await compare({ again: () => studio.vendue("demo.yaml", { again: true }) }, studio);
  const { commands } = await studio.vendue("demo.yaml", { again: true });
  return [
    { name: "second run: wall s", values: again.map(({ wallSec }) => wallSec) },
    { name: "second run: processes of ffmpeg", values: [commands.length], note: commands[0] ?? "" },
  ];
}
