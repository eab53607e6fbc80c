import type { Row } from "./row.ts";
import { scene, sound, picture } from "./scene.ts";

/** Containers that are odd, and streams that are neither picture nor sound. */
export const streamRows: readonly Row[] = [
  {
    name: "fragmented mp4",
    file: "clip.mp4",
    make: [...scene(), ...picture, ...sound, "-movflags", "+frag_keyframe+delay_moov+default_base_moof"],
  },
];
