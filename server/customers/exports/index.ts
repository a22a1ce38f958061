export { type Export, openExport } from "./open-export.ts";
