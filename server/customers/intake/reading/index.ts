export { type CardCells, columnActs, hideInCell } from "./card-cells.ts";
export { fileProblem } from "./file-problem.ts";
export {
  type AppendedColumns,
  type BadRow,
  type FileColumn,
  type FileFormat,
  plainCsv,
  type ReadLimits,
  type RowBatch,
  type RowReason,
  readLimits,
  type SealNumber,
} from "./format.ts";
export { caughtByGlob, matchesGlob } from "./glob.ts";
export { type FileIdentity, hashFile, type InspectedFile, inspectFile } from "./inspect-file.ts";
export { type FileEnd, type ReadOptions, readFile, readFirstRows, readHeader } from "./read-file.ts";
export { type SniffedFile, sniff } from "./sniff.ts";
