import { z } from "zod";
import { endpoint } from "../../../platform/http/contract.ts";

const count = z.int().min(0);

export const QuarantineState = z.enum(["open", "waiting", "corrected", "discarded", "superseded"]);
export type QuarantineState = z.infer<typeof QuarantineState>;
export const QuarantinedRow = z.object({
  quarantineId: z.uuid(),
  loadId: z.uuid(),
  loadNo: z.int(),
  file: z.string(),
  lineNo: z.int(),
  kind: z.string(),
  sourceKey: z.string().nullable(),
  reason: z.string(),
  field: z.string().nullable(),
  column: z.string().nullable(),
  valueClass: z.string().nullable(),
  raw: z.record(z.string(), z.string().nullable()),
  state: QuarantineState,
  version: z.int(),
});
export type QuarantinedRow = z.infer<typeof QuarantinedRow>;

export const QUARANTINE_PAGE_ROWS = 100;
export const QuarantineQuery = z.strictObject({
  loadId: z.uuid().optional(),
  reason: z.string().max(60).optional(),
  kind: z.string().max(40).optional(),
  field: z.string().max(60).optional(),
  state: QuarantineState.optional(),
  after: z.uuid().optional(),
});
export type QuarantineQuery = z.infer<typeof QuarantineQuery>;
export const listQuarantine = endpoint({
  name: "listQuarantine",
  tag: "quarantine",
  method: "GET",
  path: "/api/quarantine",
  summary: "Rows that could not be landed, in order of arrival, 100 a page; `after` is the last one seen",
  access: "quarantine:read",
  query: QuarantineQuery,
  answer: z.object({
    rows: z.array(QuarantinedRow).max(QUARANTINE_PAGE_ROWS),
    next: z.uuid().nullable(),
    groups: z
      .array(z.object({ kind: z.string(), reason: z.string(), field: z.string().nullable(), state: QuarantineState, rows: count }))
      .max(500),
  }),
});

export const EXAMPLES_OF_REASON = 3;
/** Of the commonest fifty reasons. */
export const EXAMPLES_MAX = 150;
export const listQuarantineExamples = endpoint({
  name: "listQuarantineExamples",
  tag: "quarantine",
  method: "GET",
  path: "/api/loads/:loadId/quarantine-examples",
  summary: "The first rows of each reason for which rows of a load went into quarantine, three lines a reason, the commonest fifty reasons",
  access: "quarantine:read",
  params: z.strictObject({ loadId: z.uuid() }),
  answer: z.object({ rows: z.array(QuarantinedRow).max(EXAMPLES_MAX) }),
});

export const CORRECTIONS_MAX = 1000;
export const CorrectionRequest = z.strictObject({
  rows: z
    .array(
      z.strictObject({ quarantineId: z.uuid(), version: z.int(), raw: z.record(z.string().max(200), z.string().max(10_000).nullable()) }),
    )
    .min(1)
    .max(CORRECTIONS_MAX),
});
export type CorrectionRequest = z.infer<typeof CorrectionRequest>;
export const correctQuarantine = endpoint({
  name: "correctQuarantine",
  tag: "quarantine",
  method: "POST",
  path: "/api/quarantine/corrections",
  summary: "Run rows again with corrected columns, as a load of its own that can be reversed. Rows of one load at a time",
  access: "quarantine:correct",
  body: CorrectionRequest,
  answer: z.object({ loadId: z.uuid(), landed: count, quarantined: count }),
  errors: ["not_found", "conflict", "invalid_state", "in_progress"],
});

export const DiscardRequest = z.strictObject({
  rows: z
    .array(z.strictObject({ quarantineId: z.uuid(), version: z.int() }))
    .min(1)
    .max(CORRECTIONS_MAX),
  /** Why nobody needs them; kept in the audit trail. */
  why: z.string().trim().max(500).optional(),
});
export type DiscardRequest = z.infer<typeof DiscardRequest>;
export const discardQuarantine = endpoint({
  name: "discardQuarantine",
  tag: "quarantine",
  method: "POST",
  path: "/api/quarantine/discards",
  summary: "Give rows up: they stay listed as discarded and are not tried again",
  access: "quarantine:correct",
  body: DiscardRequest,
  answer: z.object({ discarded: count }),
  errors: ["not_found", "conflict", "invalid_state"],
});

export const RestoreRequest = z.strictObject({ quarantineIds: z.array(z.uuid()).min(1).max(CORRECTIONS_MAX) });
export type RestoreRequest = z.infer<typeof RestoreRequest>;
export const restoreQuarantine = endpoint({
  name: "restoreQuarantine",
  tag: "quarantine",
  method: "POST",
  path: "/api/quarantine/restorations",
  summary: "Take a discard back: the rows are open again, or wait for what they refer to",
  access: "quarantine:correct",
  body: RestoreRequest,
  answer: z.object({ restored: count }),
  errors: ["not_found", "invalid_state"],
});

export const downloadErrorFile = endpoint({
  name: "downloadErrorFile",
  tag: "quarantine",
  method: "GET",
  path: "/api/loads/:loadId/error-file",
  summary:
    "The open rows of one file of a load as they came, header included, in UTF-8: correct them and load the file with the same mapping. For round trips, not for spreadsheets: cells are not made safe against formulas",
  access: "quarantine:read",
  params: z.strictObject({ loadId: z.uuid() }),
  query: z.strictObject({ fileNo: z.coerce.number().int().min(0).default(0) }),
  answerKind: "file",
  errors: ["not_found"],
});
