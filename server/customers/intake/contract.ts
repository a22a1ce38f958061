import { z } from "zod";
import { Instant } from "../../platform/clock/contract.ts";
import { ErrorCode } from "../../platform/errors/contract.ts";
import { endpoint } from "../../platform/http/contract.ts";
import { LoadFailure } from "./failure/contract.ts";
import { EXAMPLES_MAX, QuarantinedRow } from "./quarantine/contract.ts";

export * from "./entry/contract.ts";
export * from "./failure/contract.ts";
export * from "./quarantine/contract.ts";

// ---------------------------------------------------------------- shapes

export const LoadState = z.enum(["running", "done", "failed", "reversing", "reversed"]);
export type LoadState = z.infer<typeof LoadState>;
export const LoadPhase = z.enum(["reading", "refreshing", "reconciling", "done"]);
export type LoadPhase = z.infer<typeof LoadPhase>;

const count = z.int().min(0);
/** What became of the records of one kind: read is the sum of the others. `linked`: new parties that joined a customer who was there before. */
export const KindCounts = z.object({ read: count, created: count, updated: count, linked: count, unchanged: count, quarantined: count });
export type KindCounts = z.infer<typeof KindCounts>;

/** Minor units as decimal text: a sum may pass what a JSON number holds. */
const minor = z.string().regex(/^-?\d{1,40}$/);
export const ControlTotal = z.object({
  kind: z.string(),
  currency: z.string(),
  rows: count,
  fileMinor: minor,
  quarantinedMinor: minor,
  databaseMinor: minor,
  /** file - quarantined - database; anything but 0 fails the load. */
  differenceMinor: minor,
});
export type ControlTotal = z.infer<typeof ControlTotal>;

/** An account whose running balances do not follow from its amounts: opening balance + amounts <> closing balance. */
export const BalanceBreak = z.object({
  holding: z.string(),
  currency: z.string(),
  line: z.int(),
  expectedMinor: minor,
  statedMinor: minor,
});
export type BalanceBreak = z.infer<typeof BalanceBreak>;
export const BALANCE_BREAKS_MAX = 1000;

/** What the sender said beforehand, against what was read. */
export const ExpectedTotal = z.object({
  file: z.string(),
  /** rows, or the column that was summed. */
  what: z.string(),
  expected: z.string(),
  read: z.string(),
  fits: z.boolean(),
  /** Of a sum: rows that could not be cut into columns, and values that are no numbers. What they would have added is not in `read`. */
  uncut: count.default(0),
  unreadable: count.default(0),
});
export type ExpectedTotal = z.infer<typeof ExpectedTotal>;

export const LoadReport = z.object({
  kinds: z.record(z.string(), KindCounts),
  /** Holding records read, by their kind: current_account, loan, card ... */
  holdings: z.record(z.string(), count).default({}),
  controlTotals: z.array(ControlTotal).max(1000),
  runningBalances: z.object({ accounts: count, broken: count, breaks: z.array(BalanceBreak).max(BALANCE_BREAKS_MAX) }),
  expectedTotals: z.array(ExpectedTotal).max(10_000),
  quarantineReasons: z.array(z.object({ kind: z.string(), reason: z.string(), field: z.string().nullable(), rows: count })).max(1000),
  /** Files given that no part of the mapping asks for. */
  filesLeftOut: z.array(z.string()).max(1000),
  /** Column -> cells in which a card number stood: all but its last four digits was left out. */
  cardCells: z.record(z.string(), count).default({}),
  partiesMoved: count,
  seconds: z.number(),
  dryRun: z.boolean(),
  /** A dry run may look at the beginning only. */
  complete: z.boolean(),
});
export type LoadReport = z.infer<typeof LoadReport>;

export const LoadProgress = z.object({
  phase: LoadPhase,
  file: z.string().nullable(),
  fileNo: count,
  files: count,
  rows: count,
  bytes: count,
  ofBytes: count,
  rowsPerSecond: z.number(),
  secondsLeft: z.number().nullable(),
  /** Behind the last file: how many of the customers it touched stand brought up to date. */
  customers: z.object({ done: count, of: count }).optional(),
});
export type LoadProgress = z.infer<typeof LoadProgress>;

/** `part`: which file of the mapping it is, from 0. `columns`: names in its header. */
export const LoadFile = z.object({
  name: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  part: z.int(),
  columns: z.array(z.string()).max(1000),
});
export type LoadFile = z.infer<typeof LoadFile>;

export const Load = z.object({
  loadId: z.uuid(),
  loadNo: z.int(),
  sourceCode: z.string(),
  sourceName: z.string(),
  mappingId: z.uuid(),
  mappingName: z.string(),
  mappingVersion: z.int(),
  /** A load of corrected or retried rows names the load they came from. */
  correctsLoadNo: z.int().nullable(),
  files: z.array(LoadFile).max(1000),
  state: LoadState,
  phase: LoadPhase,
  progress: LoadProgress.nullable(),
  report: LoadReport.nullable(),
  failure: LoadFailure.nullable(),
  startedBy: z.string(),
  startedAt: Instant,
  finishedAt: Instant.nullable(),
  reversedBy: z.string().nullable(),
  reversedAt: Instant.nullable(),
  quarantined: count,
});
export type Load = z.infer<typeof Load>;

export const MappingSummary = z.object({
  mappingId: z.uuid(),
  name: z.string(),
  version: z.int(),
  sourceCode: z.string(),
  createdAt: Instant,
  createdBy: z.string(),
});
export type MappingSummary = z.infer<typeof MappingSummary>;

// ---------------------------------------------------------------- loads

const tag = "loads";
const LoadParams = z.strictObject({ loadId: z.uuid() });
export const LOADS_PAGE_ROWS = 50;
export const MAPPING_CHARACTERS_MAX = 2_000_000;

export const LoadQuery = z.strictObject({
  sourceCode: z.string().max(60).optional(),
  state: LoadState.optional(),
  before: z.coerce.number().int().optional(),
});
export type LoadQuery = z.infer<typeof LoadQuery>;
export const listLoads = endpoint({
  name: "listLoads",
  tag,
  method: "GET",
  path: "/api/loads",
  summary: "Loads, newest first, 50 a page; `before` is the load number of the last one seen",
  access: "load:read",
  query: LoadQuery,
  answer: z.object({ loads: z.array(Load).max(LOADS_PAGE_ROWS), next: z.int().nullable() }),
});

export const readLoad = endpoint({
  name: "readLoad",
  tag,
  method: "GET",
  path: "/api/loads/:loadId",
  summary: "One load with its progress and its reconciliation report",
  access: "load:read",
  params: LoadParams,
  answer: Load,
  errors: ["not_found"],
});

export const watchLoad = endpoint({
  name: "watchLoad",
  tag,
  method: "GET",
  path: "/api/loads/:loadId/progress",
  summary: "Live progress of a load, until it ends",
  access: "load:read",
  params: LoadParams,
  answerKind: "events",
  answer: Load,
  errors: ["not_found"],
});

export const uploadFile = endpoint({
  name: "uploadFile",
  tag,
  method: "POST",
  path: "/api/loads/uploads",
  summary: "One file of a delivery, as raw bytes; the answer names it for startLoad",
  access: "load:run",
  query: z.strictObject({ name: z.string().min(1).max(200) }),
  bodyKind: "upload",
  answer: z.object({ uploadId: z.uuid(), bytes: z.int(), sha256: z.string() }),
  errors: ["too_large", "read_only", "infected_file"],
});

export const DeliveryRequest = z.strictObject({
  /** A saved mapping, or the text of one. */
  mappingId: z.uuid().optional(),
  mappingText: z.string().max(MAPPING_CHARACTERS_MAX).optional(),
  files: z
    .array(
      z.strictObject({
        uploadId: z.uuid(),
        name: z
          .string()
          .min(1)
          .max(200)
          .regex(/^[^/\\\p{Cc}]+$/u),
      }),
    )
    .min(1)
    .max(200),
});
export type DeliveryRequest = z.infer<typeof DeliveryRequest>;

export const startLoad = endpoint({
  name: "startLoad",
  tag,
  method: "POST",
  path: "/api/loads",
  summary: "Load a delivery in the background. The same files with the same mapping are the same load",
  access: "load:run",
  body: DeliveryRequest,
  answer: z.object({ loadId: z.uuid(), state: LoadState }),
  errors: ["unsupported_file", "in_progress", "invalid_state", "not_found", "read_only", "too_large"],
});

export const resumeLoad = endpoint({
  name: "resumeLoad",
  tag,
  method: "POST",
  path: "/api/loads/:loadId/resume",
  summary:
    "Let a load that stopped go on behind its last finished part, from the files it was started with. One that runs or is done is answered as it is",
  access: "load:run",
  params: LoadParams,
  answer: z.object({ loadId: z.uuid(), state: LoadState }),
  errors: ["not_found", "invalid_state", "unsupported_file", "in_progress", "read_only", "too_large"],
});

export const DryRunEvent = z.discriminatedUnion("is", [
  z.object({ is: z.literal("running"), progress: LoadProgress }),
  z.object({
    is: z.literal("done"),
    report: LoadReport,
    quarantined: z.array(QuarantinedRow.omit({ loadId: true, loadNo: true, version: true, state: true })).max(EXAMPLES_MAX),
  }),
  /** As a problem would say it, had the answer not begun. */
  z.object({ is: z.literal("failed"), code: ErrorCode, detail: z.record(z.string(), z.unknown()) }),
]);
export type DryRunEvent = z.infer<typeof DryRunEvent>;

export const dryRunLoad = endpoint({
  name: "dryRunLoad",
  tag,
  method: "POST",
  path: "/api/loads/dry-run",
  summary:
    "What a load would do, in one transaction that is rolled back; at most the first 200,000 rows of the delivery. Tells its progress, then its report",
  access: "load:run",
  body: DeliveryRequest,
  answerKind: "events",
  answer: DryRunEvent,
  errors: ["unsupported_file", "in_progress", "invalid_state", "not_found", "too_large"],
});

/** What people did on the records of a load that its reversal would destroy: named in the refusal as `detail.people`, [{ kind, rows }]. */
export const workOfPeople = ["relation", "circle_member", "identity_decision", "value_pin", "value_dispute", "consent"] as const;
export const WorkOfPeople = z.object({ kind: z.enum(workOfPeople), rows: z.int().min(1) });
export type WorkOfPeople = z.infer<typeof WorkOfPeople>;

export const reverseLoad = endpoint({
  name: "reverseLoad",
  tag,
  method: "POST",
  path: "/api/loads/:loadId/reverse",
  summary: "Take a load back, updates included. Refused where later loads or work of people stand on it, naming them",
  access: "load:reverse",
  params: LoadParams,
  answer: z.object({ loadId: z.uuid(), state: LoadState }),
  errors: ["not_found", "depends_on_this", "invalid_state", "in_progress"],
});

// ---------------------------------------------------------------- mappings

export const MAPPINGS_MAX = 500;
export const listMappings = endpoint({
  name: "listMappings",
  tag: "mappings",
  method: "GET",
  path: "/api/mappings",
  summary: "The newest version of each mapping",
  access: "load:read",
  answer: z.object({ mappings: z.array(MappingSummary).max(MAPPINGS_MAX) }),
});

const MappingParams = z.strictObject({ mappingId: z.uuid() });
export const readMapping = endpoint({
  name: "readMapping",
  tag: "mappings",
  method: "GET",
  path: "/api/mappings/:mappingId",
  summary: "One version of a mapping, with its text and the other versions",
  access: "load:read",
  params: MappingParams,
  answer: z.object({ ...MappingSummary.shape, text: z.string(), versions: z.array(MappingSummary).max(MAPPINGS_MAX) }),
  errors: ["not_found"],
});

const MappingText = z.strictObject({ text: z.string().min(1).max(MAPPING_CHARACTERS_MAX) });
export const saveMapping = endpoint({
  name: "saveMapping",
  tag: "mappings",
  method: "POST",
  path: "/api/mappings",
  summary: "Keep a mapping as the next version of its name. A text that is kept already is answered as it is",
  access: "mapping:write",
  body: MappingText,
  answer: MappingSummary,
});

export const MappingProblem = z.object({ line: z.int(), column: z.int(), path: z.string(), message: z.string() });
export const checkMapping = endpoint({
  name: "checkMapping",
  tag: "mappings",
  method: "POST",
  path: "/api/mappings/check",
  summary: "What is wrong with a mapping, by line and field; nothing is kept",
  access: "load:read",
  body: MappingText,
  answer: z.object({ problems: z.array(MappingProblem).max(1000) }),
});

export const draftMapping = endpoint({
  name: "draftMapping",
  tag: "mappings",
  method: "POST",
  path: "/api/mappings/draft",
  summary:
    "A first mapping for files nobody has described yet, from the names of their columns and their first values, to be looked over; nothing is kept",
  access: "load:run",
  body: z.strictObject({ files: DeliveryRequest.shape.files }),
  answer: z.object({ text: z.string() }),
  errors: ["unsupported_file", "not_found", "too_large"],
});

export const PREVIEW_ROWS_MAX = 50;
export const PreviewRequest = z.strictObject({
  mappingText: z.string().max(MAPPING_CHARACTERS_MAX),
  files: DeliveryRequest.shape.files,
  rows: z.int().min(1).max(PREVIEW_ROWS_MAX).default(10),
});
export type PreviewRequest = z.infer<typeof PreviewRequest>;
export const MappingPreview = z.object({
  files: z
    .array(
      z.object({
        name: z.string(),
        columns: z.array(z.string()).max(1000),
        rows: z.array(z.object({ line: z.int(), cells: z.array(z.string()).max(1000) })).max(PREVIEW_ROWS_MAX),
        records: z
          .array(
            z.object({
              line: z.int(),
              kind: z.string(),
              key: z.string().nullable(),
              values: z.record(z.string(), z.string().nullable()),
              problem: z.object({ reason: z.string(), field: z.string().nullable(), column: z.string().nullable() }).nullable(),
            }),
          )
          .max(2000),
      }),
    )
    .max(100),
});
export type MappingPreview = z.infer<typeof MappingPreview>;
export const previewMapping = endpoint({
  name: "previewMapping",
  tag: "mappings",
  method: "POST",
  path: "/api/mappings/preview",
  summary: "The first rows of each file through the mapping: what they say, what they become, what is wrong with them",
  access: "load:run",
  body: PreviewRequest,
  answer: MappingPreview,
  errors: ["unsupported_file", "not_found"],
});
