import { InvalidArgumentError } from "commander";
import { type Codec, CODECS, type Size } from "../types.ts";

export function words(text: string): readonly string[] {
  return text.split(",").map((word) => word.trim());
}

export function codecs(text: string): readonly Codec[] {
  return words(text).map((word) => {
    const codec = CODECS.find((one) => one === word);
    if (codec === undefined) throw new InvalidArgumentError(`the codecs are ${CODECS.join(", ")}`);
    return codec;
  });
}

export function size(text: string): Size {
  const [, width, height] = /^(\d+)x(\d+)$/.exec(text)?.map(Number) ?? [];
  if (!width || !height || width % 2 || height % 2) throw new InvalidArgumentError("it must be even numbers: 1280x720");
  return { width, height };
}

export function score(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value > 0 && value < 100)) throw new InvalidArgumentError("it must be between 0 and 100");
  return value;
}

export function whole(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError("it must be a whole number");
  return Number(text);
}

export function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= 0)) throw new InvalidArgumentError("it must be a number of seconds");
  return value;
}
