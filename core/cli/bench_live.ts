import type { Progress } from "../../bench/session/mod.ts";
import type { Desk } from "./main.ts";

/** One live line on a terminal; elsewhere a line now and then. */
export interface BenchDisplay {
  tell(progress: Progress): void;
  end(): void;
}

const frameMs = 100;
const plainEveryMs = 10_000;

export function benchDisplay({ output, quiet }: Desk, now: () => number = () => performance.now()): BenchDisplay {
  let lastMs = -Infinity;
  let drawn = false;
  const everyMs = output.isTerminal ? frameMs : plainEveryMs;
  return {
    tell({ done, total, leftSec, doing }) {
      if (quiet || now() - lastMs < everyMs) return;
      lastMs = now();
      const line = `${percent(done, total)}  ${clock(leftSec)} left  ${doing}`;
      if (!output.isTerminal) return output.note(line);
      output.draw(`\r\u001b[K${line.slice(0, Math.max(20, output.columns - 1))}`);
      drawn = true;
    },
    end() {
      if (drawn) output.draw("\r\u001b[K");
    },
  };
}

function percent(done: number, total: number): string {
  return `${total > 0 ? Math.floor((done / total) * 100) : 0} %`.padStart(5);
}

function clock(sec: number): string {
  if (!Number.isFinite(sec)) return "?";
  return sec < 90 ? `${Math.ceil(sec)} s` : `${Math.floor(sec / 60)} min ${Math.round(sec % 60)} s`;
}
