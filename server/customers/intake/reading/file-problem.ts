import { DomainError } from "../../../platform/errors/index.ts";
import type { FileProblem } from "../failure/contract.ts";

/** A file as a whole cannot be used; nothing of it is landed. `detail.reason` is a FileProblem. */
export function fileProblem(
  reason: FileProblem,
  file: string,
  sentence: string,
  more: Record<string, unknown> = {},
  cause?: unknown,
): DomainError {
  const code = reason === "unpacks_too_large" ? "too_large" : reason === "no_such_file" ? "not_found" : "unsupported_file";
  return new DomainError(code, `${file}: ${sentence}`, { detail: { reason, file, sentence, ...more }, cause });
}
