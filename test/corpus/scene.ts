/** The inputs of most rows: a moving picture and a tone, two seconds of each. */
export function scene({ size = "160x90", rate = "25", sec = 2, sampleRate = 48000 } = {}): readonly string[] {
  return [
    ...["-f", "lavfi", "-i", `testsrc2=size=${size}:rate=${rate}:duration=${sec}`],
    ...["-f", "lavfi", "-i", `sine=frequency=440:sample_rate=${sampleRate}:duration=${sec}`],
  ];
}

/** Encoders that take next to no time. */
export const picture: readonly string[] = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"];
export const sound: readonly string[] = ["-c:a", "aac", "-b:a", "64k", "-ac", "2"];
