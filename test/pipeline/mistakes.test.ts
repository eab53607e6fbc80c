import fc from "fast-check";
import { expect, test } from "vitest";
import { PipelineError, type Problem } from "../../core/errors.ts";
import { parse } from "../../core/pipeline/mod.ts";

function problemsOf(text: string, set: Readonly<Record<string, string>> = {}): readonly Problem[] {
  try {
    parse(text, { file: "p.yaml", set });
    return [];
  } catch (error) {
    if (error instanceof PipelineError) return error.problems;
    throw error;
  }
}

/** Three lines that are right; what is wrong stands in the fourth. */
const head = "version: 1\ninputs: { a: a.mp4, talk: b.mp4 }\nstages:\n";
const exporting = (video: string) => `${head}  - export: { output: o.mp4, video: { ${video} } }`;
const cutting = (body: string) => `${head}  - cut: { ${body} }`;
const normalizing = (body: string) => `${head}  - normalize: { ${body} }`;
const top = (line: string) => `${line}\n${head}  - concat:`;

/** One mistake each: the text, where it is, a part of what is said, a part of the hint. */
const mistakes: readonly (readonly [text: string, place: string, message: string, hint: string])[] = [
  // the file
  ["", "1:1", "The file is empty", "start with version: 1"],
  ["# nothing\n", "1:1", "The file is empty", "vendue init"],
  ["- a\n- b\n", "1:1", "A list is no pipeline", "version: 1"],
  ["hello", "1:1", '"hello" is no pipeline', "version: 1"],
  ["42", "1:1", "42 is no pipeline", "version: 1"],
  ["version: 1\n---\nversion: 1\n", "2:1", "several documents", "one pipeline in a file"],
  ["a: {b: 1\n", "2:1", "This is not YAML: Flow map", "close the bracket"],
  ["a:\n\tb: 1\n", "2:1", "Tabs are not allowed", "indent with spaces"],
  ["a: 'x\n", "2:1", "Missing closing 'quote", "close the quote"],
  ["a: `x`\n", "1:4", "reserved character `", "put the value in quotes"],
  ["a: b: c\n", "1:4", "Nested mappings", "in quotes"],
  ["#".repeat(2 ** 20 + 1), "1:1", "longer than 1048576", "right file"],
  ["[".repeat(50_000), "1:1", "nested too deeply", "right file"],
  [`${"? ".repeat(400)}x`, "1:1", "nested too deeply", "right file"],
  [`${"- ".repeat(50_000)}x`, "1:1", "nested too deeply", "right file"],
  [top("x-a: *gone"), "1:6", "The alias *gone has no anchor", "put &gone before"],
  [top("x-a: &loop [*loop]"), "1:13", "The alias *loop contains itself", "take it out"],
  [top("x-a: &loop { <<: *loop }"), "1:18", "The alias *loop contains itself", "take it out"],
  [top("x-a: { <<: 3 }"), "1:12", "no map", "<<: *common"],
  [top("x-a: !secret 1"), "1:14", "The tag !secret", "take it out"],
  [top("x-a: 1\nx-a: 2"), "2:1", 'The key "x-a" stands here twice', "keep one"],
  [top("? [x-a]\n: 1"), "1:3", "A key is a list", "plain words"],
  // the top
  [`inputs: { a: b }\nstages: [concat: ]`, "1:1", "version is missing in the file", "write version: 1"],
  [`version: 1\nstages: [concat: ]`, "1:1", "inputs is missing", "talk: media/talk.mov"],
  [`version: 1\ninputs: { a: b }`, "1:1", "stages is missing", "a list of stages"],
  [`version: 2\ninputs: { a: b }\nstages: [concat: ]`, "1:10", "2 is no value for version", "write version: 1"],
  [`version: "1"\ninputs: { a: b }\nstages: [concat: ]`, "1:10", '"1" is no value for version', "write version: 1"],
  [top("naem: x"), "1:1", 'Unknown key "naem" in the file', "did you mean name?"],
  [top("name: a/b"), "1:7", '"a/b" is no value for name', "without slashes"],
  [top("name: 2024"), "1:7", "2024 is no value for name", "without slashes"],
  [top("use_gpu: yes"), "1:10", '"yes" is no value for use_gpu', "true or false"],
  [top('use_gpu: "true"'), "1:10", '"true" is no value for use_gpu', "without quotes"],
  [top("use_gpu:"), "1:9", "Nothing is no value for use_gpu", "true or false"],
  [top("use_gpu: true\naccel: off"), "1:1", "use_gpu: true and accel: off", "keep one"],
  [top("accel: on"), "1:8", '"on" is no value for accel', "preferred, required, off"],
  [top("prefer: sped"), "1:9", '"sped" is no value for prefer', "did you mean speed?"],
  [top("backends: nvenc"), "1:11", '"nvenc" is no value for backends', "[nvenc, cpu]"],
  [top("backends: [{ ues: cpu, use: x }]"), "1:14", 'Unknown key "ues"', "did you mean use?"],
  [top("backends: [{ options: {} }]"), "1:12", "use is missing in an entry of backends", "use: nvenc"],
  [top("backends: [3]"), "1:12", "3 is no value for an entry of backends", "use: nvenc"],
  // inputs
  [
    "version: 1\ninputs: [a.mp4]\nstages: [concat: ]",
    "2:9",
    "A list is no value for inputs",
    "one name and path per line",
  ],
  ["version: 1\ninputs: {}\nstages: [concat: ]", "2:9", "inputs is empty", "talk: media/talk.mov"],
  ["version: 1\ninputs:\nstages: [concat: ]", "2:8", "Nothing is no value for inputs", "talk: media/talk.mov"],
  [
    "version: 1\ninputs: { a: b, 1st: c }\nstages: [concat: ]",
    "2:17",
    '"1st" cannot name anything',
    "start a name with a letter",
  ],
  ["version: 1\ninputs: { a: [b, c] }\nstages: [concat: ]", "2:14", "A list is no value for a", "one path or glob"],
  // variables
  [top("vars: { name: x }"), "1:9", "The variable name has a meaning", "another name"],
  [top("vars: { 1a: x }"), "1:9", '"1a" cannot name a variable', "a letter"],
  [top("vars: { a: [1] }"), "1:12", "A list is no value for a", "one plain value"],
  [top("vars: { a: '${b}' }"), "1:12", '"${b}" has a variable inside', "plain text"],
  [`${head}  - concat: { output: "\${nam}.mp4" }`, "4:23", "${nam} in", "did you mean name?"],
  [`${head}  - concat: { output: "\${name.mp4" }`, "4:23", "does not close it", "$${"],
  [`${head}  - concat: { input: "\${stage}" }`, "4:22", "${stage} in", "only an output knows ${stage}"],
  // stages
  [`${head}  []`, "4:3", "stages is empty", "a list of stages"],
  [`${head}  concat:`, "4:3", "A map is no value for stages", "starting with a dash"],
  [`${head}  - concat`, "4:5", '"concat" is no value for an entry of stages', "one of normalize"],
  [`${head}  - id: x`, "4:5", 'The stage "x" has no kind', "one of normalize, cut, concat or export"],
  [`${head}  - exprt: {}`, "4:5", 'Unknown key "exprt"', "did you mean export?"],
  [`${head}  - concat:\n    cut:`, "5:5", "both concat and cut", "two stages"],
  [`${head}  - concat: 3`, "4:13", "3 is no value for concat", "write"],
  [`${head}  - { id: 2nd, concat: }`, "4:11", '"2nd" is no value for id', "a letter"],
  [`${head}  - { id: talk, concat: }`, "4:11", "talk names both an input and a stage", "another id"],
  [`${head}  - { id: x, concat: }\n  - { id: x, concat: }`, "5:11", "Two stages have the id x", "another id"],
  [`${head}  - concat: { input: tlak }`, "4:22", "concat reads tlak", "did you mean talk?"],
  [`${head}  - concat: { inputs: [a, nothing.b] }`, "4:27", "concat reads nothing.b", "known here: a, talk"],
  [`${head}  - concat: { input: a, inputs: [talk] }`, "4:25", "Both input and inputs", "keep one"],
  [`${head}  - concat: { inputs: [] }`, "4:23", "inputs is empty", "[intro, talk]"],
  [`${head}  - concat: { inputs: a }`, "4:23", '"a" is no value for inputs', "[intro, talk]"],
  [`${head}  - { id: x, concat: { input: x } }`, "4:31", "x reads x", "let x read"],
  [
    `${head}  - { id: x, concat: { input: y.a } }\n  - { id: y, concat: { input: z } }\n  - { id: z, concat: { input: x } }`,
    "6:31",
    "x reads y reads z reads x",
    "let z read",
  ],
  // normalize
  [normalizing("loudness: laud"), "4:28", '"laud" is no value for loudness', "streaming, podcast"],
  [normalizing("loudness: podcats"), "4:28", '"podcats" is no value', "did you mean podcast?"],
  [normalizing("loudness: { true_peak: -1 }"), "4:28", "target is missing in loudness", "-16 LUFS"],
  [normalizing("loudness: { target: 16 }"), "4:38", "target: 16 is outside", "-70 to -5"],
  [normalizing("loudness: { target: -16 dB }"), "4:38", '"-16 dB" is no value for target', "LUFS"],
  [normalizing("loudness: { target: -16, true_peak: 3 }"), "4:54", "true_peak: 3 is outside", "dBTP"],
  [normalizing("video: { size: 720p }"), "4:33", '"720p" is no value for size', "1280x720"],
  [normalizing("video: { size: 8x8 }"), "4:33", 'size: "8x8" is outside', "1280x720"],
  [normalizing("video: { fit: fill }"), "4:32", '"fill" is no value for fit', "did you mean stretch?"],
  [normalizing("video: { fps: 29.9 }"), "4:32", "fps: 29.9 is near 30000/1001", "30000/1001"],
  [normalizing("video: { fps: auto }"), "4:32", '"auto" is no value for fps', "source"],
  [normalizing("video: { framerate: 30 }"), "4:27", 'Unknown key "framerate" in video', "did you mean fps?"],
  [normalizing("video: { pixel_format: YUV }"), "4:41", '"YUV" is no value', "yuv420p"],
  [normalizing("video: { hdr: keep }"), "4:32", '"keep" is no value for hdr', "preserve, tonemap, reject"],
  [normalizing("audio: { channels: 9 }"), "4:37", "channels: 9", "mono, stereo"],
  [normalizing("audio: { sample_rate: 48 }"), "4:40", "sample_rate: 48 is outside", "44.1 kHz"],
  // cut
  [`${head}  - cut:`, "4:5", "The cut says nothing", "silence: true"],
  [cutting("silence: false"), "4:5", "The cut says nothing", "keep:"],
  [cutting("keep: []"), "4:18", "keep is empty", "0:10-1:20"],
  [cutting("keep: 0:20-0:10"), "4:18", '"0:20-0:10" ends where it starts', "0:10-1:20"],
  [cutting("keep: [0-1, 1:5-2:00]"), "4:24", '"1:5-2:00" is no value for an entry of keep', "2:00-"],
  [cutting("keep: [90]"), "4:19", "90 is not a range", "0:10-1:20"],
  [cutting("keep: 0-1, accuracy: frame"), "4:33", '"frame" is no value for accuracy', "exact, keyframe"],
  [cutting("silence: { threshold: 3 }"), "4:34", "threshold: 3 is outside", "-40 dB"],
  [cutting("silence: { least: 12f }"), "4:30", '"12f" counts frames', "500ms"],
  [cutting("silence: { leest: 1 }"), "4:23", 'Unknown key "leest" in silence', "did you mean least?"],
  [cutting("silence: loud"), "4:21", '"loud" is no value for silence', "write true"],
  // concat
  [`${head}  - concat: { crossfade: 12f }`, "4:26", 'crossfade: "12f" counts frames', "0.5"],
  [`${head}  - concat: { crossfade: -1 }`, "4:26", "-1", "500ms"],
  [`${head}  - concat: { output: o.avi }`, "4:23", "ends in .avi", "mp4, mov, mkv, webm, ts"],
  // export
  [`${head}  - export:`, "4:5", "The export has no output", "output: out/${name}.mp4"],
  [`${head}  - export: { output: film }`, "4:23", '"film" has no extension', "mp4, mov, mkv, webm, ts"],
  [`${head}  - export: { output: film.mp5 }`, "4:23", '"film.mp5" ends in .mp5', "did you mean mp4?"],
  [
    `${head}  - export: { output: o.mkv, container: mp4 }`,
    "4:41",
    'container: mp4 and the output "o.mkv"',
    "say container: mkv",
  ],
  [
    `${head}  - export: { output: o.mp4, container: avi }`,
    "4:41",
    '"avi" is no value for container',
    "mp4, mov, mkv, webm, ts",
  ],
  [`${head}  - export: { output: o.mp4, video: none, audio: none }`, "4:50", "nothing to export", "keep one"],
  [`${head}  - export: { output: o.mp4, video: 3 }`, "4:37", "3 is no value for video", "none, or a map"],
  [`${head}  - export: { output: o.mp4, fast_start: 1 }`, "4:42", "1 is no value for fast_start", "true or false"],
  [
    `${head}  - export: { output: o.mp4, subtitles: paint }`,
    "4:41",
    '"paint" is no value for subtitles',
    "keep, drop, burn",
  ],
  [exporting("codec: h265"), "4:46", '"h265" is no value for codec', "did you mean hevc?"],
  [exporting("codec: prores"), "4:46", '"prores" is no value for codec', "h264, hevc, av1, vp9, copy"],
  [exporting("quality: 101"), "4:48", "101 is no value for quality", "0 to 100"],
  [exporting("quality: '101'"), "4:48", 'quality: "101" is outside', "0 to 100"],
  [exporting("crf: 64"), "4:44", "64 is no value for crf", "0 to 63"],
  [
    exporting("quality: 70, crf: 23"),
    "4:52",
    "quality: 70 and crf: 23 both",
    "keep one of quality, crf, bitrate and target_size",
  ],
  [exporting("crf: 23, size: 25MB"), "4:48", 'crf: 23 and size: "25MB" both', "keep one"],
  [exporting("bitrate: 128"), "4:48", "128 is no value for bitrate", "with a unit"],
  [exporting("bitrate: 5m"), "4:48", '"5m" is no value for bitrate', "5M"],
  [exporting("bitrate: 5M, maxrate: 3M"), "4:61", '"3M" is below the bitrate of 5000 kb/s', "5M"],
  [exporting("maxrate: 3M"), "4:39", 'maxrate: "3M" means nothing', "say bitrate"],
  [exporting("crf: 23, two_pass: true"), "4:48", "two_pass: true means nothing", "say bitrate"],
  [exporting("target_size: 25M"), "4:52", '"25M" is no value for target_size', "25MiB"],
  [exporting("effort: slwo"), "4:47", '"slwo" is no value for effort', "did you mean slow?"],
  [exporting("gop: 0"), "4:44", "gop: 0 is no distance", "45f"],
  [exporting("max_fps: source"), "4:48", '"source" is no value for max_fps', "29.97"],
  [exporting("codec: copy, crf: 23"), "4:52", "video: copy keeps the source's own picture, so crf", "take crf out"],
  [
    `${head}  - export: { output: o.mp4, audio: { codec: copy, bitrate: 96k } }`,
    "4:52",
    "so bitrate means nothing",
    "take bitrate out",
  ],
  [
    `${head}  - export: { output: o.mkv, audio: { codec: flac, bitrate: 96k } }`,
    "4:61",
    "flac loses nothing",
    "choose aac",
  ],
  [
    `${head}  - export: { output: o.mp4, audio: { codec: acc } }`,
    "4:46",
    '"acc" is no value for codec',
    "did you mean aac?",
  ],
  [
    `${head}  - export: { output: o.webm, video: { codec: h264 } }`,
    "4:47",
    "webm cannot hold h264",
    "webm holds vp9, av1; h264 goes into mp4",
  ],
  [`${head}  - export: { output: o.webm, audio: { codec: aac } }`, "4:47", "webm cannot hold aac", "opus"],
  [`${head}  - export: { output: o.ts, video: { codec: vp9 } }`, "4:45", "ts cannot hold vp9", "mp4, mkv, webm"],
  [`${head}  - export: { output: o.ts, video: { codec: av1 } }`, "4:45", "ts cannot hold av1", "mp4, mkv, webm"],
  [`${head}  - export: { output: o.mp4, audio: { codec: pcm } }`, "4:46", "mp4 cannot hold pcm", "mov, mkv"],
  // renditions
  [`${head}  - export: { output: o.mp4, renditions: [] }`, "4:42", "renditions is empty", "name: 720p"],
  [
    `${head}  - export: { output: o.mp4, renditions: [{}] }`,
    "4:43",
    "name is missing in an entry of renditions",
    "letters",
  ],
  [
    `${head}  - export: { output: o.mp4, renditions: [{ name: a }, { name: a }] }`,
    "4:64",
    "Two renditions have the name a",
    "another name",
  ],
  [`${head}  - export: { renditions: [{ name: a }] }`, "4:28", "The export has no output", "output:"],
  [
    `${head}  - export: { output: o.mp4, renditions: [{ name: a, video: { crf: 3, quality: 4 } }] }`,
    "4:63",
    "both say",
    "keep one",
  ],
];

test.each(mistakes.map((row) => [row[2], row] as const))("parse() says: %s", (message, [text, place, , hint]) => {
  const problems = problemsOf(text);
  expect(problems.map(({ line, column }) => `${line}:${column}`)).toEqual([place]);
  expect(problems[0]?.message).toContain(message);
  expect(problems[0]?.hint).toContain(hint);
  expect(problems[0]?.code).toBe("PIPELINE_INVALID");
});

test("parse() takes mp4 with vp9, and x- keys anywhere", () => {
  expect(problemsOf(exporting("codec: vp9, x-why: smaller"))).toEqual([]);
});

test("parse() refuses --set of a variable that is not declared", () => {
  const [problem] = problemsOf(top("vars: { folder: x }"), { foldr: "y" });
  expect(problem).toMatchObject({
    line: 1,
    column: 7,
    message: "--set foldr: no variable has this name",
    hint: "did you mean folder?",
  });
});

test("parse() reports every mistake at once, in the order of the file", () => {
  const text = `version: 1
prefer: fast
inputs: { a: a.mp4 }
stages:
  - normalize: { loudnes: podcast, video: { size: big } }
  - id: pick
    cut: { input: b, keep: ["0:20-0:10", 0:30] }
  - export:
      output: o.webm
      video: { codec: h264, quality: 70, crf: 23, effort: max }
      audio: { bitrate: 128 }
`;
  const error = (() => {
    try {
      return parse(text, { file: "shows/p.yaml" });
    } catch (caught) {
      return caught;
    }
  })();
  if (!(error instanceof PipelineError)) throw new Error("it was accepted");
  expect(error.problems.map(({ line, column }) => `${line}:${column}`)).toEqual([
    "2:9",
    "5:18",
    "5:51",
    "7:19",
    "7:29",
    "7:42",
    "10:23",
    "10:42",
    "10:59",
    "11:25",
  ]);
  expect(error.message).toBe('shows/p.yaml:2:9: "fast" is no value for prefer (and 9 more)');
});

test("parse() stays quick and calm where aliases multiply", () => {
  const layers = Array.from(
    { length: 12 },
    (_, nth) =>
      `x-${nth}: &l${nth} [${Array(10)
        .fill(nth === 0 ? 1 : `*l${nth - 1}`)
        .join(",")}]`,
  );
  const [problem, ...others] = problemsOf(top(layers.join("\n")));
  expect(problem?.message).toContain("expands to more than a pipeline can need");
  expect(others).toEqual([]);
});

const words = fc.constantFrom(
  ..."version inputs stages vars name use_gpu accel prefer backends id input output keep video audio loudness renditions size x-a << normalize cut concat export a *a &a !t ${name} ${ $${ 1 0:10-1:20 1280x720 25MB -16 none copy true null [ ] { } , : - ? | > # ' \" % @ --- 🎬 __proto__ constructor".split(
    " ",
  ),
);
const line = fc
  .tuple(fc.integer({ min: 0, max: 8 }), fc.array(words, { maxLength: 7 }))
  .map(([indent, parts]) => " ".repeat(indent) + parts.join(" "));
const scalar = fc.oneof(words, fc.integer(), fc.double(), fc.boolean(), fc.constant(null), fc.string());
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5 },
    scalar,
    fc.array(tie("tree"), { maxLength: 3 }),
    fc.dictionary(words, tie("tree"), { maxKeys: 4 }),
  ),
}));

test("parse() throws nothing but a PipelineError, whatever the text", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(line, { maxLength: 12 }).map((lines) => lines.join("\n")),
        fc.string({ unit: "binary" }),
      ),
      (text) => {
        for (const { line: row, column, message, hint } of problemsOf(text))
          expect(Math.min(row, column, message.length, hint?.length ?? 0)).toBeGreaterThan(0);
      },
    ),
    { numRuns: 400 },
  );
});

test("parse() throws nothing but a PipelineError, whatever stands in a stage", () => {
  const kinds = fc.constantFrom("normalize", "cut", "concat", "export");
  fc.assert(
    fc.property(kinds, tree, tree, (kind, body, more) => {
      problemsOf(
        JSON.stringify({
          version: 1,
          inputs: { a: "a.mp4" },
          stages: [{ [kind]: body }, { export: { output: "o.mp4", video: more } }],
        }),
      );
      problemsOf(
        JSON.stringify({
          version: 1,
          inputs: more,
          vars: body,
          stages: [{ [kind]: { keep: more, renditions: body, loudness: more } }],
        }),
      );
    }),
    { numRuns: 300 },
  );
});
