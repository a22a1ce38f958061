export { type DelimitedFile, readDelimited } from "./read-delimited.ts";
export { cleanUploads, readUpload, removeUpload, type SpooledFile, type SpoolOptions, spoolUpload, type UploadId } from "./spool.ts";
