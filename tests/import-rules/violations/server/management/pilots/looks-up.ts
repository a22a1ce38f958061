// breaks: management-looks-down-only
export { wiring } from "../../main/wiring.ts";
