export { tellOperators } from "./store.ts";
