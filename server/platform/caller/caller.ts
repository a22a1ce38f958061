import type { Id } from "../ids/index.ts";

export type UserId = Id<"User">;
export type SessionId = Id<"Session">;

/** Who asks. Made only by the sign-in (people), by the worker (the person who ordered the job) and by the command line (the operator). */
export interface Caller {
  readonly userId: UserId;
  readonly displayName: string;
  /** null for work without a browser session: jobs and the command line. */
  readonly sessionId: SessionId | null;
  readonly permissions: ReadonlySet<string>;
  /** Joins log lines, audit rows and problem answers of one request. */
  readonly requestId: string;
  readonly ipAddress: string | null;
  /** What the browser calls itself: text from outside, at most 300 characters. Absent for jobs and the command line. */
  readonly userAgent?: string | null;
}
