// breaks: rules-touch-no-runtime
export { readFileSync } from "node:fs";
