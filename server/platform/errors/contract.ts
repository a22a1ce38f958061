import { z } from "zod";

/** The closed list of things that can go wrong, as a caller may learn of them. A new code needs an HTTP status (http/problem.ts) and a text in five languages. */
export const errorCodes = [
  "invalid_input", // the request does not fit its schema
  "card_number", // a text holds the number of a payment card; such numbers are not kept here
  "not_signed_in",
  "sign_in_failed",
  "second_factor_needed", // the password was right; a code or a passkey is wanted beside it
  "step_up_needed", // the act is too weighty for a session alone: the person proves anew that it is them, for exactly this act
  "not_allowed",
  "not_found", // also: exists, but not for this caller
  "conflict", // somebody else changed it meanwhile (version), or it exists already
  "invalid_state", // the thing is not in a state in which this can be done
  "in_progress", // the same request, or the same source, is being worked on right now
  "depends_on_this", // later work stands on what would be taken away
  "too_large",
  "too_many_requests",
  "limit_reached", // what a person may do in an hour or a day is used up; detail.limit says which
  "unsupported_file",
  "infected_file", // the virus scanner refuses it
  "read_only", // the disk is nearly full: reading goes on, writing waits
  "unavailable", // a part is not ready; try again
  "internal",
] as const;
export const ErrorCode = z.enum(errorCodes);
export type ErrorCode = z.infer<typeof ErrorCode>;

/** RFC 9457 problem+json as Vinculo sends it. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: ErrorCode,
  /** Names this one occurrence; the log carries the same id. */
  requestId: z.string(),
  /** Where the input is wrong: a JSON pointer or a field name, and a reason code. */
  fields: z.array(z.object({ path: z.string(), reason: z.string() })).optional(),
  /** Plain values for the text shown to the user, for instance names of what depends. */
  detail: z.record(z.string(), z.unknown()).optional(),
});
export type Problem = z.infer<typeof Problem>;
