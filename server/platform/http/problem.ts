import type { ErrorCode, Problem } from "../errors/contract.ts";
import { DomainError } from "../errors/index.ts";

/** The one place where a code becomes an HTTP status. A new code does not compile until it has one. */
export const httpStatus = {
  invalid_input: 400,
  card_number: 400,
  not_signed_in: 401,
  sign_in_failed: 401,
  second_factor_needed: 401,
  step_up_needed: 403,
  not_allowed: 403,
  not_found: 404,
  conflict: 409,
  in_progress: 409,
  depends_on_this: 409,
  too_large: 413,
  unsupported_file: 415,
  infected_file: 415,
  invalid_state: 422,
  too_many_requests: 429,
  limit_reached: 403,
  internal: 500,
  unavailable: 503,
  read_only: 507,
} as const satisfies Record<ErrorCode, number>;

const titles = {
  invalid_input: "The request does not fit its schema.",
  card_number: "A text holds a card number.",
  not_signed_in: "Nobody is signed in.",
  sign_in_failed: "The sign-in failed.",
  second_factor_needed: "A second factor is needed.",
  step_up_needed: "Prove that it is you, for this act.",
  not_allowed: "This is not allowed.",
  not_found: "There is nothing here.",
  conflict: "It was changed meanwhile, or exists already.",
  in_progress: "The same work is being done right now.",
  depends_on_this: "Later work depends on this.",
  too_large: "It is too large.",
  infected_file: "The virus scanner refuses this file.",
  unsupported_file: "Files of this kind are not taken.",
  invalid_state: "This cannot be done in the present state.",
  too_many_requests: "Too many requests.",
  limit_reached: "A limit is used up.",
  internal: "Something went wrong on our side.",
  unavailable: "A part is not ready. Try again.",
  read_only: "Only reading is possible right now.",
} as const satisfies Record<ErrorCode, string>;

/** Bounds what an error may say back, so that a hostile request cannot make a large answer. */
const FIELDS_MAX = 50;

/**
 * What the caller learns. The error's message, stack and cause stay in the log: they may hold SQL or data.
 */
export function problemOf(error: DomainError, requestId: string): Problem {
  return {
    type: `urn:vinculo:problem:${error.code}`,
    title: titles[error.code],
    status: httpStatus[error.code],
    code: error.code,
    requestId,
    ...(error.fields === undefined ? {} : { fields: error.fields.slice(0, FIELDS_MAX) }),
    ...(error.detail === undefined ? {} : { detail: error.detail }),
  };
}

/** Fastify's own refusals (body too large, malformed request) in the words of the closed list; null when it is none of them. */
export function frameworkError(error: unknown): DomainError | null {
  if (!(error instanceof Error) || !("statusCode" in error) || typeof error.statusCode !== "number") return null;
  const status = error.statusCode;
  if (status === 413) return new DomainError("too_large", error.message, { cause: error });
  if (status === 415) return new DomainError("not_allowed", error.message, { cause: error });
  if (status === 404) return new DomainError("not_found", error.message, { cause: error });
  if (status === 503) return new DomainError("unavailable", error.message, { cause: error });
  if (status >= 400 && status < 500) return new DomainError("invalid_input", error.message, { cause: error });
  return null;
}
