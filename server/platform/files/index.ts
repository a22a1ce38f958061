export { type DelimitedFile, readDelimited, readNumber, sampleRows } from "./read-delimited.ts";
export { originalCell } from "./safe-cell.ts";
export { cleanUploads, readUpload, removeUpload, type SpooledFile, type SpoolOptions, spoolUpload, type UploadId } from "./spool.ts";
export { openVirusScanner, type ScannerAddress, type VirusScanner } from "./virus-scanner.ts";
export { csvStream, type Table, type TableCell, type TableRow, xlsxStream } from "./write-table.ts";
