/** Nanoseconds that one client of a DRM device kept each engine busy, from a /proc/PID/fdinfo file. */
export interface DrmClient {
  /** The same client shows once for every descriptor it holds. */
  readonly id: string;
  readonly busyNs: Readonly<Record<string, number>>;
}

export function readDrmClient(text: string): DrmClient | undefined {
  const id = /^drm-client-id:\s*(\d+)/m.exec(text)?.[1];
  if (id === undefined) return undefined;
  const device = /^drm-pdev:\s*(\S+)/m.exec(text)?.[1] ?? "";
  const engines = [...text.matchAll(/^drm-engine-([\w-]+):\s*(\d+) ns/gm)];
  const busyNs = Object.fromEntries(engines.map(([, name = "", ns]) => [name, Number(ns)]));
  return { id: `${device}/${id}`, busyNs };
}

/** Media work only: Intel calls its engine `video`, AMD `enc`, `dec` and `vcn`, and RDNA4 does all of it on `enc`. */
const media = /^(video|video-enhance|enc|enc_1|dec|jpeg|vcn|vpe|uvd|vce)/;

/** Seconds of media work, each client counted once. */
export function mediaSec(clients: readonly DrmClient[]): number {
  const distinct = new Map(clients.map((client) => [client.id, client]));
  const ns = [...distinct.values()].flatMap(({ busyNs }) =>
    Object.entries(busyNs).flatMap(([name, busy]) => (media.test(name) ? [busy] : [])),
  );
  return ns.reduce((sum, one) => sum + one, 0) / 1e9;
}
