// breaks: product-does-not-see-tests-and-tools
export { given } from "../../../tests/support/given.ts";
