import type { Id } from "../ids/index.ts";

export type UserId = Id<"User">;
export type SessionId = Id<"Session">;
export type KeyId = Id<"Key">;

/** Who asks. Made only by the sign-in (people), by the worker (the person who ordered the job) and by the command line (the operator). */
export interface Caller {
  readonly userId: UserId;
  readonly displayName: string;
  /** null for work without a browser session: programs with a key, jobs and the command line. */
  readonly sessionId: SessionId | null;
  /** Present when a program asks by an API key of the person. Its rights are already cut to the key's. */
  readonly keyId?: KeyId | null;
  readonly permissions: ReadonlySet<string>;
  /** Joins log lines, audit rows and problem answers of one request. */
  readonly requestId: string;
  readonly ipAddress: string | null;
  /** What the browser calls itself: text from outside, at most 300 characters. Absent for jobs and the command line. */
  readonly userAgent?: string | null;
}
