import { DomainError } from "../../platform/errors/index.ts";
import { type Dialect, httpStatus } from "../../platform/http/index.ts";
import { ERROR_SCHEMA } from "./contract.ts";

/** RFC 7644, 3.12. */
export type ScimType = "invalidFilter" | "invalidPath" | "invalidValue" | "invalidSyntax" | "uniqueness" | "mutability" | "noTarget";

/** A refusal in SCIM's own words; the sentence is for whoever reads the directory's log. */
export function scimError(
  code: "invalid_input" | "conflict" | "invalid_state",
  scimType: ScimType | null,
  sentence: string,
  cause?: unknown,
): DomainError {
  return new DomainError(code, sentence, { cause, detail: { scimType, sentence } });
}

export const versionConflict = (): DomainError =>
  new DomainError("conflict", "another version", { detail: { precondition: true, sentence: "The resource has another version by now." } });

interface WithMeta {
  readonly meta?: { readonly location: string; readonly version: string };
}

/** Errors, ETag, Location and 201 as RFC 7644 has them. */
export const scimDialect: Dialect = {
  problem: (error, requestId) => {
    const {
      scimType = null,
      sentence,
      precondition,
    } = (error.detail ?? {}) as { scimType?: ScimType | null; sentence?: string; precondition?: boolean };
    const status = precondition ? 412 : error.code === "invalid_state" ? 400 : httpStatus[error.code];
    const fields = error.fields?.map(({ path, reason }) => `${path}: ${reason}`).join(", ");
    const type = scimType ?? (error.code === "invalid_input" ? "invalidValue" : null);
    return {
      status,
      body: {
        schemas: [ERROR_SCHEMA],
        status: String(status),
        ...(type === null ? {} : { scimType: type }),
        detail: sentence ?? fields ?? error.code,
        code: error.code,
        requestId,
      },
    };
  },
  headers: ({ method }, answer) => {
    const meta = (answer as WithMeta | null)?.meta;
    return {
      status: method === "POST" ? 201 : 200,
      headers: meta === undefined ? {} : { etag: meta.version, ...(method === "POST" ? { location: meta.location } : {}) },
    };
  },
};
