/**
 * One base class and four children, for the people who can act: the pipeline's author, the backend's
 * author, the operator, and nobody (a cancel).
 * @module
 */

export const ERROR_CODES = [
  // the pipeline's author
  "PIPELINE_INVALID",
  "SPECIFIER_REFUSED",
  "PERMISSION_DENIED",
  "RANGE_OUTSIDE",
  "OUTPUT_CLASH",
  "COPY_REFUSED",
  // the backend's author
  "BACKEND_BROKEN",
  "ARGS_REJECTED",
  // the operator
  "USAGE",
  "CONFIG_INVALID",
  "FFMPEG_MISSING",
  "INPUT_MISSING",
  "INPUT_CORRUPT",
  "INPUT_REFUSED",
  "OUTPUT_UNWRITABLE",
  "OUTPUT_LOCKED",
  "DISK_FULL",
  "VERIFY_FAILED",
  // the operator, or the next bid
  "ENCODER_MISSING",
  "DEVICE_MISSING",
  "DEVICE_BUSY",
  "DEVICE_MEMORY",
  "DEVICE_LOST",
  "FEATURE_REFUSED",
  "DECODE_REFUSED",
  "STALLED",
  "CRASHED",
  "NO_BID",
  // nobody
  "CANCELLED",
  "UNKNOWN",
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** What may be tried next: nothing, the same command again, or the next best bid. */
export type Retry = "never" | "same" | "next-bid";

export interface ErrorDetail {
  readonly hint?: string;
  readonly retry?: Retry;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

const mark = Symbol.for("vendue.error");

export class VendueError extends Error {
  override readonly name: string = "VendueError";
  readonly [mark] = true;
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly retry: Retry;
  readonly data: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, { hint, retry = "never", data = {}, cause }: ErrorDetail = {}) {
    super(message, { cause });
    this.code = code;
    this.hint = hint;
    this.retry = retry;
    this.data = data;
  }

  toJSON() {
    const { name, code, message, hint, retry, data } = this;
    return { name, code, message, hint, retry, data };
  }
}

/** One mistake in a pipeline file. */
export interface Problem {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint?: string;
  readonly line: number;
  readonly column: number;
}

/** Mistakes in the pipeline file, all of them at once. */
export class PipelineError extends VendueError {
  override readonly name = "PipelineError";
  readonly file: string;
  readonly problems: readonly Problem[];

  constructor(file: string, problems: readonly Problem[]) {
    const [first] = problems;
    const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : "";
    super(first?.code ?? "PIPELINE_INVALID", `${file}:${first?.line}:${first?.column}: ${first?.message}${more}`, {
      ...(first?.hint !== undefined && { hint: first.hint }),
      data: { file, problems },
    });
    this.file = file;
    this.problems = problems;
  }
}

/** A backend broke its contract. `data` holds its name and the method. */
export class BackendError extends VendueError {
  override readonly name = "BackendError";
}

/** ffmpeg failed. `data` holds the command, the deciding line and the tail of stderr. */
export class CommandError extends VendueError {
  override readonly name = "CommandError";
}

/** Recognises this library's errors across copies of the package. */
export function isVendueError(error: unknown): error is VendueError {
  return error instanceof Error && mark in error;
}
