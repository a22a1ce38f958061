// breaks: web-areas-stay-apart
export { Money } from "../customers/page.ts";
