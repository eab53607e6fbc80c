import { join } from "node:path";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { VendueError } from "../errors.ts";
import {
  cueArgs,
  type CueFile,
  cueFiles,
  fieldArgs,
  newPictureReader,
  pictureArgs,
  readCues,
  readFields,
  readSilences,
  silenceArgs,
} from "../media/mod.ts";
import type { Analysis, AnalysisWish, CueTrack, MediaInfo, PictureIndex, VideoInfo } from "../types.ts";
import { identify, readJson, writeJson } from "./files.ts";
import { ask, cacheKey, type ReadContext } from "./media.ts";

/** Passes over a file for what its header cannot tell. */
export async function analyse(info: MediaInfo, wish: AnalysisWish, context: ReadContext): Promise<Analysis> {
  const identity = await identify(info.path);
  if (identity === undefined) throw new VendueError("INPUT_MISSING", `There is no file ${info.path}`);
  const key = await cacheKey(identity, context, wish);
  const known = (await readJson(key)) as Analysis | undefined;
  if (known !== undefined) return known;
  const analysis: Analysis = { path: info.path, wish, spans: [], ...(await findOut(info, wish, context)) };
  await writeJson(key, analysis).catch(() => undefined);
  return analysis;
}

async function findOut(info: MediaInfo, wish: AnalysisWish, context: ReadContext): Promise<Partial<Analysis>> {
  const { ffmpeg } = context.tools;
  switch (wish.kind) {
    case "silence":
      if (info.audio.length === 0) return {};
      return { spans: readSilences((await ask(ffmpeg, silenceArgs(info, wish), context, "long")).stderr) };
    case "pictures":
      if (info.video === undefined) return {};
      return { pictures: await findPictures(info, info.video, context) };
    case "fields":
      return findFields(info, context);
    case "cues":
      return { tracks: await findCues(info, context) };
  }
}

async function findPictures(info: MediaInfo, video: VideoInfo, context: ReadContext): Promise<PictureIndex> {
  const pictures = newPictureReader(video);
  await ask(context.tools.ffmpeg, pictureArgs(info), context, "long", pictures.read);
  return pictures.index();
}

async function findFields(info: MediaInfo, context: ReadContext): Promise<Pick<Analysis, "fields">> {
  const looks = fieldArgs(info).map((args) => ask(context.tools.ffmpeg, args, context, "long"));
  const fields = readFields((await Promise.all(looks)).map(({ stderr }) => stderr));
  return fields === undefined ? {} : { fields };
}

/** Every text track at once, by way of a folder that is gone afterwards. */
async function findCues(info: MediaInfo, context: ReadContext): Promise<readonly CueTrack[]> {
  const files = cueFiles(info);
  if (files.length === 0) return [];
  await mkdir(context.cache, { recursive: true });
  const folder = await mkdtemp(join(context.cache, "cues-"));
  const place = ({ index, format }: CueFile) => join(folder, `${index}.${format}`);
  try {
    await ask(context.tools.ffmpeg, cueArgs(info, place), context, "long");
    const text = (index: number, format: CueFile["format"]) =>
      readFile(place({ index, format }), "utf8").catch(() => "");
    const indexes = [...new Set(files.map(({ index }) => index))];
    return await Promise.all(
      indexes.map(async (index) => {
        const styled = files.some((file) => file.index === index && file.format === "ass");
        const srt = await text(index, "srt");
        return readCues(index, { srt, ...(styled && { ass: await text(index, "ass") }) });
      }),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
