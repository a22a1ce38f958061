import type { ErrorCode, Problem } from "../../server/platform/errors/contract.ts";

/** What the API, or the way to it, answered instead of what was asked for. `code` has a text in every language: `ui:errors.<code>`. */
export class ApiProblem extends Error {
  readonly code: ErrorCode | "offline";
  readonly status: number;
  readonly requestId: string | undefined;
  readonly fields: NonNullable<Problem["fields"]>;
  readonly detail: Record<string, unknown>;
  /** From Retry-After, where the server sent it. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    problem: Omit<Partial<Problem>, "code"> & { code: ErrorCode | "offline" },
    options: { cause?: unknown; retryAfterSeconds?: number | undefined } = {},
  ) {
    super(problem.title ?? problem.code, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "ApiProblem";
    this.code = problem.code;
    this.status = problem.status ?? 0;
    this.requestId = problem.requestId;
    this.fields = problem.fields ?? [];
    this.detail = problem.detail ?? {};
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

export function isProblem(error: unknown, code?: ErrorCode | "offline"): error is ApiProblem {
  return error instanceof ApiProblem && (code === undefined || error.code === code);
}

/** An answer that is not 2xx, as a problem; a proxy's page in front of the server becomes `unavailable` or `internal`. */
export async function readProblem(response: Response): Promise<ApiProblem> {
  const retryAfter = Number(response.headers.get("retry-after") ?? Number.NaN);
  const options = { retryAfterSeconds: Number.isFinite(retryAfter) ? retryAfter : undefined };
  const requestId = response.headers.get("x-request-id");
  const body: unknown = await response.json().catch(() => null);
  if (typeof body === "object" && body !== null && "code" in body) return new ApiProblem(body as Problem, options);
  const code = response.status === 401 ? "not_signed_in" : response.status >= 502 && response.status <= 504 ? "unavailable" : "internal";
  return new ApiProblem({ code, status: response.status, ...(requestId ? { requestId } : {}) }, options);
}
