import type { ErrorCode } from "../../../platform/errors/contract.ts";
import { DomainError } from "../../../platform/errors/index.ts";
import { type FailureReason, failureReasons, type LoadFailure } from "./contract.ts";

const reasonOfCode: Readonly<Partial<Record<ErrorCode, FailureReason>>> = {
  invalid_input: "mapping_does_not_fit",
  not_allowed: "rights_withdrawn",
  not_found: "files_gone",
  in_progress: "source_busy",
  read_only: "disk_full",
  unavailable: "database_away",
};

/** What is written down of a load that stopped. What nobody foresaw keeps its text to itself: it may hold values of rows; the log has it cleaned. */
export function failureOf(error: unknown, stopping: boolean): LoadFailure {
  if (error instanceof DomainError) {
    const { code, message, detail } = error;
    return { code, reason: reasonOf(code, detail?.reason), message, ...(detail === undefined ? {} : { detail }) };
  }
  if (stopping) return { code: "unavailable", reason: "stopped", message: "the server or the command was stopped" };
  return { code: "internal", reason: "unforeseen", message: "the load stopped unexpectedly; the log says why" };
}

/** Also for failures written down before reasons were: then the code has to do. */
export function reasonOf(code: string, said: unknown): FailureReason {
  return failureReasons.find((reason) => reason === said) ?? reasonOfCode[code as ErrorCode] ?? "unforeseen";
}
