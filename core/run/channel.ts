/** A queue that one side fills and the other reads as it likes; nothing is dropped. */
export interface Channel<Value> {
  readonly send: (value: Value) => void;
  readonly close: () => void;
  readonly values: AsyncIterable<Value>;
}

export function newChannel<Value>(): Channel<Value> {
  const waiting: Value[] = [];
  let closed = false;
  let wake: (() => void) | undefined;
  return {
    send(value) {
      waiting.push(value);
      wake?.();
    },
    close() {
      closed = true;
      wake?.();
    },
    values: {
      async *[Symbol.asyncIterator]() {
        for (;;) {
          while (waiting.length > 0) yield waiting.shift() as Value;
          if (closed) return;
          await new Promise<void>((resolve) => (wake = resolve));
          wake = undefined;
        }
      },
    },
  };
}
