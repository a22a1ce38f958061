export { type Field, fieldsOf, type RecordKind, recordFields, recordKinds } from "./fields.ts";
export { mappingJsonSchema } from "./json-schema.ts";
export { nameOf } from "./layout.ts";
export { type Encoding, type MappedFile, Mapping } from "./mapping.ts";
export type { ControlPlan, FieldReason, FilePlan, LookupPlan, RecordPlan } from "./plan.ts";
export { fieldReasons } from "./plan.ts";
export { parseMapping, planFile, readingFormat } from "./plan-file.ts";
export { type MappingProblem, Problems } from "./problems.ts";
export { type ReadMapping, readMapping } from "./read-mapping.ts";
