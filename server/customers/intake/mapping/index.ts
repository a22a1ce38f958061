export { columnOfField } from "./column-of-field.ts";
/** @public asked for by name by the generator of docs/api */
export { mappingJsonSchema } from "./json-schema.ts";
export type { Encoding, MappedFile, Mapping } from "./mapping.ts";
export { parseMapping, planFile, readingFormat } from "./plan-file.ts";
export type { MappingProblem } from "./problems.ts";
export { readMapping } from "./read-mapping.ts";
export { type SuggestedFile, suggestMapping } from "./suggest-mapping.ts";
