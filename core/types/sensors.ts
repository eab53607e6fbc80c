/**
 * What the machine tells of itself while it works. What it does not tell is absent, never zero.
 * @module
 */

export const VENDORS = ["nvidia", "amd", "intel"] as const;
export type Vendor = (typeof VENDORS)[number];

/** One look at one GPU. Ratios run from 0 to 1. */
export interface GpuReading {
  readonly kind: "gpu";
  /** `nvidia0`, `amd0`, `intel0`: the vendor, counted by slot. */
  readonly gpu: string;
  readonly vendor: Vendor;
  /** The node that VAAPI and Quick Sync open it by. */
  readonly node?: string;
  readonly name?: string;
  readonly utilization?: number;
  readonly encoder?: number;
  readonly decoder?: number;
  readonly memory_used_bytes?: number;
  readonly memory_bytes?: number;
  readonly celsius?: number;
  readonly watts?: number;
  readonly sessions?: number;
}

/** Energy the processors and their memory have used since the reading began; only differences mean something. */
export interface CpuReading {
  readonly kind: "cpu";
  readonly joules: number;
}

/** Room on the disk that is written to. */
export interface DiskReading {
  readonly kind: "disk";
  readonly free_bytes: number;
  readonly size_bytes: number;
}

export type Reading = GpuReading | CpuReading | DiskReading;
