import { z } from "zod";

/** A file as a whole cannot be used. */
export const fileProblems = [
  "no_such_file",
  "file_changed", // while it was read, or since it was hashed
  "truncated_archive",
  "broken_archive",
  "encrypted_archive",
  "unpacks_too_large",
  "which_entry", // a zip with several entries and none chosen
  "no_such_entry",
  "which_sidecar", // several files could carry the control totals of one
  "no_header",
  "column_missing",
] as const;
export type FileProblem = (typeof fileProblems)[number];

/** Why a load stopped, or cannot go on. Closed; every language has a text for each (`intake:failures`). */
export const failureReasons = [
  ...fileProblems,
  "files_gone", // uploads are kept seven days; a folder of the command line may be moved
  "mapping_does_not_fit",
  "disk_full",
  "rights_withdrawn", // of the person who started it
  "source_busy",
  "stopped", // the server or the command was stopped
  "database_away",
  "does_not_add_up", // a control total differs: never called done
  "unforeseen", // a defect of ours; the log says more under the number of the load
] as const;
export const FailureReason = z.enum(failureReasons);
export type FailureReason = z.infer<typeof FailureReason>;

/** `message` is English, for logs and the command line. */
export const LoadFailure = z.object({
  code: z.string(),
  reason: FailureReason,
  message: z.string(),
  detail: z.record(z.string(), z.unknown()).optional(),
});
export type LoadFailure = z.infer<typeof LoadFailure>;
