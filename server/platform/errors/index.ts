export { assertNever, DomainError } from "./errors.ts";
