export type { Caller, SessionId, UserId } from "./caller.ts";
