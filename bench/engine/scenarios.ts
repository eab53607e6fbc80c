import { demo } from "./demo.ts";
import type { Figure } from "./figures.ts";
import { many } from "./many.ts";
import { renditions } from "./renditions.ts";
import type { Studio } from "./studio.ts";
import { openStudio } from "./studio.ts";

const scenarios: Readonly<Record<string, (studio: Studio) => Promise<readonly Figure[]>>> = { demo, many, renditions };

export const scenarioNames: readonly string[] = Object.keys(scenarios);

export interface ScenarioOptions extends Pick<Studio, "folder" | "ffmpeg" | "rounds" | "signal"> {
  readonly names: readonly string[];
  readonly onDone: (name: string) => void;
}

/** Runs them one after another; each compares its own sides in turns. */
export async function runScenarios({ names, onDone, ...options }: ScenarioOptions): Promise<readonly Figure[]> {
  const studio = await openStudio(options);
  const figures: Figure[] = [];
  for (const name of names) {
    figures.push(...((await scenarios[name]?.(studio)) ?? []));
    onDone(name);
  }
  return figures;
}
