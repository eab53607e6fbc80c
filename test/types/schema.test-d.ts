import { maybe, number, shape, text, union, word } from "../../core/schema/parts.ts";

interface Thing {
  readonly name: string;
  readonly size?: number;
  readonly state: "on" | "off";
}

const name = text("");
const size = maybe(number(""));
const state = word(["on", "off"], "");

shape<Thing>({ name, size, state }, "");
// @ts-expect-error a key of the type is missing
shape<Thing>({ name, state }, "");
// @ts-expect-error a key that the type does not have
shape<Thing>({ name, size, state, color: text("") }, "");
// @ts-expect-error a key that may be absent is described as always there
shape<Thing>({ name, size: number(""), state }, "");
// @ts-expect-error a key that is always there is described as absent at times
shape<Thing>({ name: maybe(text("")), size, state }, "");
// @ts-expect-error another type
shape<Thing>({ name: number(""), size, state }, "");
// @ts-expect-error a word the type does not know
shape<Thing>({ name, size, state: word(["on", "off", "dim"], "") }, "");

type Kinds = { readonly kind: "a"; readonly one: string } | { readonly kind: "b"; readonly two: number };
const a = shape<Extract<Kinds, { kind: "a" }>>({ kind: word(["a"], ""), one: text("") }, "");
const b = shape<Extract<Kinds, { kind: "b" }>>({ kind: word(["b"], ""), two: number("") }, "");
union<Kinds, "kind">("kind", { a, b }, "");
// @ts-expect-error a kind is missing
union<Kinds, "kind">("kind", { a }, "");
