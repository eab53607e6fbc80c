/**
 * Lets several endless loops take turns: one at a time, in an order that is mirrored every other round, A B C C B A.
 * Whatever drifts in the machine then falls on all of them alike.
 */
export interface Turnstile {
  /** Waits for this name's turn. */
  enter(name: string): Promise<void>;
  /** Ends the turn. */
  next(name: string): void;
  /** Takes a name out of all rounds to come. */
  leave(name: string): void;
  /** Lets everyone through at once, for the end. */
  open(): void;
  isOpen(): boolean;
}

/** `mayBegin` is asked before every round but the first; a no opens the turnstile. */
export function newTurnstile(names: readonly string[], mayBegin: (round: number) => boolean = () => true): Turnstile {
  const alive = new Set(names);
  const waiting = new Map<string, () => void>();
  let order = [...names];
  let queue = [...names];
  let round = 0;
  let isOpen = false;

  function pump() {
    if (isOpen) return;
    queue = queue.filter((name) => alive.has(name));
    if (queue.length === 0 && alive.size > 0) {
      round += 1;
      if (!mayBegin(round)) return open();
      order = order.toReversed();
      queue = order.filter((name) => alive.has(name));
    }
    const [first = ""] = queue;
    const go = waiting.get(first);
    waiting.delete(first);
    go?.();
  }

  function open() {
    isOpen = true;
    waiting.forEach((go) => go());
    waiting.clear();
  }

  return {
    enter(name) {
      if (isOpen) return Promise.resolve();
      return new Promise((go) => {
        waiting.set(name, go);
        pump();
      });
    },
    next(name) {
      if (queue[0] === name) queue.shift();
      pump();
    },
    leave(name) {
      alive.delete(name);
      pump();
    },
    open,
    isOpen: () => isOpen,
  };
}
