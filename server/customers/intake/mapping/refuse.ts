import { DomainError } from "../../../platform/errors/index.ts";
import type { Problems } from "./problems.ts";

/** Fails with `invalid_input` when anything was found; every problem with its line and field. */
export function refuseProblems(problems: Problems): void {
  const [first] = problems.found;
  if (first !== undefined) {
    throw new DomainError("invalid_input", `the mapping does not fit: line ${first.line}, ${first.path}: ${first.message}`, {
      fields: problems.found.slice(0, 100).map(({ path, message }) => ({ path, reason: message })),
      detail: { problems: problems.found.slice(0, 100) },
    });
  }
}
