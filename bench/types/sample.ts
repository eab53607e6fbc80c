/**
 * One run of one command, and what was seen while it ran.
 * @module
 */
import type { Measured } from "./measured.ts";

/** Which build ran: the one on trial, or the one it is held against in the same round. */
export type Side = "base" | "candidate";

export interface Sample {
  readonly side: Side;
  /** From 0. Samples of one round ran next to each other, and are compared with each other only. */
  readonly round: number;
  /** `short` runs tell start-up from slope; everything else reads the long ones. */
  readonly length: "short" | "long";
  readonly wallSec: number;
  /** User and system time of the process; the quiet number on a shared machine. */
  readonly cpuSec: Measured;
  readonly peakBytes: Measured;
  readonly bytes: number;
  readonly frames: number;
  readonly noise: Noise;
  readonly gpu: Measured<GpuUse>;
}

/** A sample's own label of how busy the machine was; never a reason to drop it. */
export interface Noise {
  /** Share of the time that some task waited for a core, 0..1. */
  readonly pressure: Measured;
  /** Share of the time that the hypervisor took away, 0..1 of one core. */
  readonly steal: Measured;
  /** Load average over one minute. */
  readonly load: Measured;
}

export interface GpuUse {
  /** Time the media engine was busy with this process. */
  readonly engineSec: Measured;
  readonly powerW: Measured;
  readonly clockMhz: Measured;
  /** Why the device held itself back, where it did: such a sample decides nothing. */
  readonly throttled: Measured<boolean>;
}
