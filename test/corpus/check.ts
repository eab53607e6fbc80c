import { afterAll, beforeAll, expect, test } from "vitest";
import { type Bench, containers, openBench } from "./engine.ts";
import { expected, type Holds, type Made, partsOf, type Row } from "./row.ts";

/** One test for each row and container, and one for each row's sources. */
export function testRows(rows: readonly Row[]): void {
  let bench: Bench;
  beforeAll(async () => {
    bench = await openBench();
  });
  afterAll(() => bench.remove());

  const kept = rows.filter(({ refused }) => refused === undefined);
  const each = kept.flatMap((row) =>
    (row.containers ?? containers).map((container) => ({ row, name: row.name, container })),
  );
  test.each(each)("$name comes out right in $container", async ({ row, container }) => {
    const ran = await bench.run(row);
    for (const part of partsOf(row)) {
      const made = await ran.made(part, container);
      const wanted = expected(row, part, container);
      expect(facts(made, wanted), `${part}.${container}`).toEqual(wanted);
      await row.check?.(made);
    }
  });

  const refused = rows.flatMap((row) => (row.refused ? [{ ...row.refused, row, name: row.name }] : []));

  test.each(refused)("$name is refused with $code, and nothing is left behind", async ({ row, code, words }) => {
    const { refusal, report, left } = await bench.run(row);
    const error = refusal ?? report?.jobs.find(({ error: one }) => one)?.error;
    expect(JSON.stringify(error)).toContain(code);
    expect(error instanceof Error ? error.message : JSON.stringify(error)).toMatch(words);
    expect(left).toEqual([]);
  });

  test.each(rows)("$name is left as it was", async (row) => {
    const { before, after } = await bench.run(row);
    expect(after).toEqual(before);
  });
}

/** What the output turned out to be, in the words of {@link Holds}; only what is asked for. */
function facts({ info, frames, plan, part, container }: Made, wanted: Holds): Holds {
  const { video, audio, subtitles, chapters, tags } = info;
  const near = (sec: number, wish: number | undefined, slack: number) =>
    wish !== undefined && Math.abs(sec - wish) <= slack ? wish : Math.round(sec * 1000) / 1000;
  const { primaries = "-", transfer = "-", matrix = "-", range = "-" } = video?.color ?? {};
  const said = plan.warnings.filter(({ stage }) => stage === `${part}-${container}`).map(({ text }) => text);
  const all: Required<Holds> = {
    size: video ? `${video.width}x${video.height}` : "none",
    fps: video ? `${video.fps.num}/${video.fps.den}` : "none",
    frames,
    sec: near((video?.endSec ?? info.durationSec) - (video?.startSec ?? 0), wanted.sec, 0.021),
    sound: audio.map(({ sampleRate, layout }) => `${sampleRate} Hz ${layout}`),
    subtitles: subtitles.map(({ language = "und", codec }) => `${language} ${codec}`),
    chapters: chapters.map(({ startSec, title }, nth) => {
      const wish = Number(wanted.chapters?.[nth]?.split(" ")[0]);
      return `${near(startSec - (video?.startSec ?? 0), wish, 0.025).toFixed(3)} ${title}`;
    }),
    cover: info.cover !== undefined,
    attachments: info.attachments.length,
    data: info.data,
    tags: Object.fromEntries(Object.keys(wanted.tags ?? {}).map((key) => [key, tags[key]])),
    color: `${primaries}/${transfer}/${matrix}/${range}`,
    pixels: video?.pixelFormat ?? "none",
    // A warning that was asked for and given is put in its own place, any other as it stands.
    warns: (wanted.warns ?? []).map((wish) =>
      said.some((text) => wish.test(text)) ? wish : new RegExp(said.join(" | ") || "no warning"),
    ),
  };
  return Object.fromEntries(Object.keys(wanted).map((key) => [key, all[key as keyof Holds]]));
}
