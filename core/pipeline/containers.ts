import { AUDIO_CODECS, CODECS, type Container, CONTAINERS, type Rendition } from "../types.ts";
import { type Cell, cellsOf, type Desk, fail } from "./desk.ts";

/** What each container can hold and players will play: what ffmpeg 5.1 writes and reads back. */
const holds: Readonly<Record<Container, { readonly video: readonly string[]; readonly audio: readonly string[] }>> = {
  mp4: { video: CODECS, audio: ["aac", "opus", "mp3", "ac3", "flac"] },
  mov: { video: ["h264", "hevc"], audio: ["aac", "mp3", "ac3", "pcm"] },
  mkv: { video: CODECS, audio: AUDIO_CODECS },
  webm: { video: ["vp9", "av1"], audio: ["opus"] },
  ts: { video: ["h264", "hevc"], audio: ["aac", "opus", "mp3", "ac3"] },
};

interface Places {
  readonly video: readonly Cell[];
  readonly audio: readonly Cell[];
  readonly output: Cell;
}

/** Refuses a codec that the container cannot hold. What `copy` brings is known once the media are. */
export function checkFit(
  desk: Desk,
  { container, video, audio }: Pick<Rendition, "container" | "video" | "audio">,
  places: Places,
): void {
  for (const [medium, wish] of [
    ["video", video],
    ["audio", audio],
  ] as const) {
    if (wish === "none" || wish.codec === "copy" || holds[container][medium].includes(wish.codec)) continue;
    const codec = places[medium].map((cell) => cellsOf(cell).get("codec")).find((cell) => cell !== undefined);
    const fitting = CONTAINERS.filter((one) => holds[one][medium].includes(wish.codec));
    fail(desk, (codec ?? places.output).at, {
      message: `${container} cannot hold ${wish.codec}`,
      hint: `${container} holds ${holds[container][medium].join(", ")}; ${wish.codec} goes into ${fitting.join(", ")}`,
    });
  }
}
