// breaks: governance-looks-down-only
export { name } from "../../customers/profiles/index.ts";
