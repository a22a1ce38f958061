// breaks: nothing
export { Money } from "../customers/page.ts";
