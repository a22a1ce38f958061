// breaks: product-does-not-see-tests-and-tools
export { kept } from "./cases.test.ts";
