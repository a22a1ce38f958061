export type { FieldClass } from "./contract.ts";
export { type AuditEntry, record, recordLast } from "./record.ts";
export { recordRefusal } from "./record-refusal.ts";
