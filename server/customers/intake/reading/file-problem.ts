import { DomainError } from "../../../platform/errors/index.ts";

export const fileProblems = [
  "no_such_file",
  "file_changed", // while it was read, or since it was hashed
  "truncated_archive",
  "broken_archive",
  "encrypted_archive",
  "unpacks_too_large",
  "which_entry", // a zip with several entries and none chosen
  "no_such_entry",
  "no_header",
  "column_missing",
] as const;
export type FileProblem = (typeof fileProblems)[number];

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
