/** How many channels ffmpeg's name of a layout stands for: "5.1(side)" is 6. Zero where it is no layout. */
export function channelsOf(layout: string): number {
  const [name = ""] = layout.split("(");
  const [, count] = /^(\d+) channels?/.exec(name) ?? [];
  const [, order] = /^ambisonic (\d+)/.exec(name) ?? [];
  if (count !== undefined) return Number(count);
  if (order !== undefined) return (Number(order) + 1) ** 2;
  if (/^\d+\.\d+(\.\d+)?$/.test(name)) return name.split(".").reduce((sum, part) => sum + Number(part), 0);
  return NAMED[name] ?? 0;
}

/** A layout the file does not name, guessed from the count as ffmpeg itself does when it decodes. */
export function guessLayout(channels: number): string {
  return ["mono", "stereo", "2.1", "4.0", "5.0", "5.1", "6.1", "7.1"][channels - 1] ?? `${channels} channels`;
}

const NAMED: Readonly<Record<string, number>> = {
  mono: 1,
  stereo: 2,
  downmix: 2,
  binaural: 2,
  quad: 4,
  hexagonal: 6,
  octagonal: 8,
  cube: 8,
  hexadecagonal: 16,
};
