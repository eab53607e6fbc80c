/**
 * A number that could not be had is not zero, and not a pass: it says why it is missing.
 * @module
 */

export interface NotMeasured {
  /** Why, for a person: the sensor, model, build or device that is not there. */
  readonly notMeasured: string;
}

export type Measured<Value = number> = Value | NotMeasured;

export function notMeasured(reason: string): NotMeasured {
  return { notMeasured: reason };
}

export function isMeasured<Value>(value: Measured<Value>): value is Value {
  return !(typeof value === "object" && value !== null && "notMeasured" in value);
}
