// breaks: product-runs-without-development-packages
export { expect } from "vitest";
