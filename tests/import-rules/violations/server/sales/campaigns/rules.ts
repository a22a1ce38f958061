// breaks: rules-are-pure
export { campaigns } from "./store.ts";
