import { extname } from "node:path";
import { CONTAINERS, type Container, type Keep, type Position, type Rendition } from "../types.ts";
import { checkFit } from "./containers.ts";
import { type Cell, type Cells, cellsOf, type Desk, fail, itemsOf, textOf, word } from "./desk.ts";
import { defaultAudio, defaultVideo, proxyVideo, readAudio, readVideo } from "./encoding.ts";
import { suggest } from "./words.ts";

/** The files an export writes: one, or one for each rendition, merged over what they have in common. */
export function readRenditions(desk: Desk, body: Cells, at: Position): readonly Rendition[] {
  const listed = body.get("renditions");
  if (listed === undefined) return [readRendition(desk, body, { layers: [body], at })].flat();
  const names = new Set<string>();
  return itemsOf(listed).flatMap((cell) => {
    const own = cellsOf(cell);
    const name = own.get("name");
    const text = word<string>(name);
    if (name && text !== undefined && names.has(text))
      fail(desk, name.at, { message: `Two renditions have the name ${text}`, hint: "give one of them another name" });
    names.add(text ?? "");
    return readRendition(desk, body, { layers: [own, body], at: desk.at(cell.at) });
  });
}

/** A stage given an output renders on the spot, with the defaults of an export at a higher quality. */
export function renderHere(desk: Desk, body: Cells): readonly Rendition[] {
  const output = body.get("output");
  if (output?.value === undefined) return [];
  const container = readContainer(desk, [new Map([["output", output]])]);
  if (container === undefined) return [];
  return [
    {
      name: "",
      output: textOf(output),
      container,
      video: { ...defaultVideo(container), rate: { kind: "quality", quality: 80 } },
      audio: defaultAudio(container),
      ...extras(new Map(), container),
      at: desk.at(output.at),
    },
  ];
}

interface Layered {
  /** The rendition's own words first, then the export's. */
  readonly layers: readonly Cells[];
  readonly at: Position;
}

function readRendition(desk: Desk, body: Cells, { layers, at }: Layered): readonly Rendition[] {
  const [own] = layers;
  const output = first(layers, "output");
  if (output === undefined)
    desk.problems.push({
      code: "PIPELINE_INVALID",
      message: "The export has no output",
      hint: "write output: out/${name}.mp4",
      ...at,
    });
  const container = readContainer(desk, layers);
  const medium = (key: string) => layers.flatMap((layer) => layer.get(key) ?? []);
  const isProxy = word<boolean>(body.get("proxy")) ?? false;
  const standard = (isProxy ? proxyVideo : defaultVideo)(container ?? "mkv");
  const video = readVideo(desk, medium("video"), standard);
  if (isProxy && (video === "none" || video.codec === "copy"))
    fail(desk, body.get("proxy")?.at ?? "", {
      message: `proxy: true asks for a small picture, and video: ${video === "none" ? "none" : "copy"} makes none`,
      hint: "take the proxy out, or the video's own words",
    });
  const audio = readAudio(desk, medium("audio"), container ?? "mkv");
  if (video === "none" && audio === "none")
    fail(desk, (medium("audio")[0] ?? medium("video")[0])?.at ?? "", {
      message: "video: none and audio: none leave nothing to export",
      hint: "keep one of them",
    });
  if (output?.value === undefined || container === undefined) return [];
  checkFit(desk, { container, video, audio }, { video: medium("video"), audio: medium("audio"), output });
  return [
    {
      name: word<string>(layers.length > 1 ? own?.get("name") : undefined) ?? "",
      output: textOf(output),
      container,
      video,
      audio,
      ...(isProxy && { proxy: true }),
      ...extras(body, container),
      at: own?.has("output") ? desk.at(output.at) : at,
    },
  ];
}

function extras(
  body: Cells,
  container: Container,
): Pick<Rendition, "fastStart" | "subtitles" | "chapters" | "metadata" | "cover" | "attachments" | "location"> {
  const keep = (key: string) => word<Keep>(body.get(key)) ?? "keep";
  return {
    fastStart: word<boolean>(body.get("fast_start")) ?? (container === "mp4" || container === "mov"),
    subtitles: word<Rendition["subtitles"]>(body.get("subtitles")) ?? "keep",
    chapters: keep("chapters"),
    metadata: keep("metadata"),
    cover: keep("cover"),
    attachments: word<Rendition["attachments"]>(body.get("attachments")) ?? "fonts",
    location: word<Keep>(body.get("location")) ?? "drop",
  };
}

const extensions: ReadonlyMap<string, Container> = new Map([
  ...CONTAINERS.map((one) => [`.${one}`, one] as const),
  [".m4v", "mp4"],
]);

/** As stated, else as the output's extension says; both must agree. */
function readContainer(desk: Desk, layers: readonly Cells[]): Container | undefined {
  const [stated, output] = [first(layers, "container"), first(layers, "output")];
  const text = textOf(output);
  const extension = extname(text).toLowerCase();
  const told = extensions.get(extension);
  const said = word<Container>(stated);
  if (output?.value !== undefined && !stated && told === undefined) {
    const what = extension === "" || extension.includes("$") ? "has no extension" : `ends in ${extension}`;
    const hint = suggest(extension.slice(1), CONTAINERS, "containers");
    fail(desk, output.at, {
      message: `${JSON.stringify(text)} ${what}, which names no container`,
      hint: `${hint}${hint.startsWith("did") ? ` containers: ${CONTAINERS.join(", ")}` : ""}; or say container`,
    });
  }
  if (stated && said && told && said !== told)
    fail(desk, stated.at, {
      message: `container: ${said} and the output ${JSON.stringify(text)} disagree`,
      hint: `say container: ${told}, or end the output in .${said}`,
    });
  return said ?? told;
}

function first(layers: readonly Cells[], key: string): Cell | undefined {
  return layers.find((layer) => layer.has(key))?.get(key);
}
