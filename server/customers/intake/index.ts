export { contentHash } from "./content-hash.ts";
export { openErrorFile } from "./error-file.ts";
export type { LoadProgress, LoadReport } from "./contract.ts";
export { type ImportOrder, type ImportResult, importDelivery, importLine } from "./import-delivery.ts";
export { listMappings, readMappingVersion, saveMapping } from "./keep-mappings.ts";
export { type MappingProblem, readMapping } from "./mapping/index.ts";
export { listLoads, readLoad } from "./read-loads.ts";
export { reverseLoad } from "./reverse-load.ts";
export { hasLoads } from "./store.ts";
