export { tellOverdue } from "./store.ts";
