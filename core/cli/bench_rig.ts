import type { Rig } from "../../bench/measure/mod.ts";
import type { Host } from "../host/mod.ts";
import { openHost } from "../mod.ts";
import type { Desk } from "./main.ts";

/** Lends a rig, and takes its scratch folder away again however it ends. */
export async function withRig<Answer>(
  { signal }: Desk,
  use: (opened: { readonly rig: Rig; readonly host: Host }) => Promise<Answer>,
): Promise<Answer> {
  const { openRig } = await import("../../bench/measure/mod.ts");
  const host = await openHost(process.cwd());
  const rig = await openRig(host, signal);
  try {
    return await use({ rig, host });
  } finally {
    await rig.close();
  }
}
