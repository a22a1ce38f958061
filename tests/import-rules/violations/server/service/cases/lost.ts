// breaks: imports-exist
// @ts-expect-error the file does not exist
export { lost } from "./nowhere.ts";
