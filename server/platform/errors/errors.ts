import type { ErrorCode, Problem } from "./contract.ts";

interface DomainErrorOptions {
  cause?: unknown;
  fields?: Problem["fields"];
  detail?: Record<string, unknown>;
}

/** An expected failure with a code of the closed list. `message` is for the log; people read the text of the code in their language. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly fields: Problem["fields"];
  readonly detail: Record<string, unknown> | undefined;

  constructor(code: ErrorCode, message: string, options: DomainErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "DomainError";
    this.code = code;
    this.fields = options.fields;
    this.detail = options.detail;
  }
}

/** Closes every switch over a union: a new member does not compile until it is handled. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}
