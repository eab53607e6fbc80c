import { copies } from "./copies.ts";
import { demo } from "./demo.ts";
import type { Figure } from "./figures.ts";
import { many } from "./many.ts";
import { renditions } from "./renditions.ts";
import { openStudio, type Studio, type StudioOptions } from "./studio.ts";

const scenarios: Readonly<Record<string, (studio: Studio) => Promise<readonly Figure[]>>> = {
  demo,
  renditions,
  many,
  copies,
};

export const scenarioNames: readonly string[] = Object.keys(scenarios);

export interface ScenarioOptions extends StudioOptions {
  readonly names: readonly string[];
  readonly onDone: (name: string, sec: number, figures: readonly Figure[]) => void;
}

/** Runs them one after another; each compares its own sides in turns. */
export async function runScenarios({ names, onDone, ...options }: ScenarioOptions): Promise<readonly Figure[]> {
  const studio = await openStudio(options);
  const figures: Figure[] = [];
  for (const name of names) {
    const begun = performance.now();
    const own = (await scenarios[name]?.(studio)) ?? [];
    figures.push(...own);
    onDone(name, (performance.now() - begun) / 1000, own);
  }
  await studio.clear();
  return figures;
}
