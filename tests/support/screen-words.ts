/** The words of the screens, as files and mails get them; for tests of modules that are handed them by main. */
export { readWords } from "../../server/main/words.ts";
