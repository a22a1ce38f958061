// breaks: platform-looks-down-only
export { name } from "../../governance/access/index.ts";
