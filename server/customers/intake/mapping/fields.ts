// The table itself is a contract: the mapping editor in the browser reads it too.
export * from "./contract.ts";
