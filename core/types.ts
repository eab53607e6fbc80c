/**
 * The nouns: every piece of data that crosses from one room to another. All of it is readonly JSON.
 * @module
 */
export { CODECS, EFFORTS, CONTAINERS, AUDIO_CODECS } from "./types/words.ts";
export { ROLES } from "./types/media.ts";
export { WAYS } from "./types/plan.ts";
export { BREAKER_STATES, JOB_STATES, OUTCOMES } from "./types/run.ts";
export { VENDORS } from "./types/sensors.ts";
export type * from "./types/words.ts";
export type * from "./types/pipeline.ts";
export type * from "./types/media.ts";
export type * from "./types/tasks.ts";
export type * from "./types/survey.ts";
export type * from "./types/auction.ts";
export type * from "./types/plan.ts";
export type * from "./types/run.ts";
export type * from "./types/cost.ts";
export type * from "./types/sensors.ts";
