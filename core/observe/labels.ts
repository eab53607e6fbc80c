import { ERROR_CODES } from "../errors.ts";

/** Labels come from closed lists: what is none of them is counted under one word, so that series stay few. */
const other = "other";
const codes = new Set<string>(ERROR_CODES);

/** The class of a failure. A stranger's probe may call it anything. */
export function reasonLabel(code: string | undefined): string {
  return code === undefined ? "none" : codes.has(code) ? code : "UNKNOWN";
}

/** A backend's name is one lower-case word; one that could not be loaded has only a path. */
export function backendLabel(name: string): string {
  return /^[a-z][a-z\d_-]{0,39}$/.test(name) ? name : other;
}

/** A card's number or node, without its serial and its name. */
export function deviceLabel(device: string): string {
  const [first = ""] = device.split(" ");
  return /^(?:cpu|amd|android|jetson|v4l2|\d{1,2}|renderD\d{1,3})$/.test(first) ? first : other;
}
