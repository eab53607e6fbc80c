import { execaSync, execa } from "execa";
import { expect, test } from "vitest";
import amf from "../../backends/amf/mod.ts";
import { fakeContext } from "../../core/testing/mod.ts";
import { builds } from "../support/ffmpeg.ts";
import { everyEncode, optionsIn, taskOf } from "./option_table.ts";

const codecs = ["h264", "hevc", "av1"] as const;
const encoders = codecs.map((codec) => `${codec}_amf`);
const build = builds.find(({ path }) => execaSync(path, ["-hide_banner", "-encoders"]).stdout.includes("h264_amf"));

test.skipIf(build === undefined)(
  "amf() builds only what a real ffmpeg takes, up to the missing driver",
  { timeout: 120_000 },
  async () => {
    const ffmpeg = build?.path ?? "";
    const lists = await everyShape(ffmpeg);
    expect(lists.length).toBeGreaterThan(20);
    expect(lists.length).toBeLessThan(60);
    const waiting = lists.values();
    const said: string[] = [];
    const workers = [1, 2, 3].map(async () => {
      for (const args of waiting) said.push(...(await lint(ffmpeg, args)));
    });
    await Promise.all(workers);
    expect(said).toEqual([]);
  },
);

/** Lists that differ in numbers only are the same to an option parser; their ranges are the table test's. */
async function everyShape(ffmpeg: string): Promise<readonly (readonly string[])[]> {
  const backend = amf();
  const options = Object.fromEntries(encoders.map((encoder) => [encoder, optionsIn(ffmpeg, encoder)]));
  const paths = ["/dev/dri/renderD128"];
  const { ctx } = fakeContext({ os: "linux", release: [7, 0], paths, encoders, options }, { needs: backend.needs });
  const probe = await backend.probe(ctx);
  if (probe.state !== "ready") throw new Error(probe.reason);
  const lists = codecs.flatMap((codec) =>
    everyEncode(codec).flatMap((encode) =>
      [{}, { variant: "no-b-frames" }, { variant: "vbr" }, { variant: "cbr" }].map(
        (variant) => backend.buildArgs(taskOf(encode, variant), probe.facts).encode?.args ?? [],
      ),
    ),
  );
  const shape = (args: readonly string[]) => args.map((arg) => (/^\d+k?$/.test(arg) ? "N" : arg)).join(" ");
  return [...new Map(lists.map((args) => [shape(args), args])).values()];
}

/** What ffmpeg says of the options; without the driver it ends right after reading them. */
async function lint(ffmpeg: string, args: readonly string[]): Promise<readonly string[]> {
  const source = ["-f", "lavfi", "-i", "testsrc2=size=640x480:rate=30", "-frames:v", "2", "-vf", "format=nv12", "-an"];
  const quiet = ["-hide_banner", "-nostdin", "-v", "warning"];
  const { stderr, exitCode } = await execa(ffmpeg, [...quiet, ...source, ...args, "-f", "null", "-"], {
    reject: false,
  });
  const complaint =
    /.*(?:has not been used for any stream|Unable to parse|Unrecognized option|Error setting option|out of range).*/.exec(
      stderr,
    );
  const isExpected = exitCode === 0 || /DLL \S+ failed to open/.test(stderr);
  return complaint || !isExpected ? [`${args.join(" ")}: ${complaint?.[0] ?? stderr.slice(0, 300)}`] : [];
}
