export type { Caller, KeyId, SessionId, UserId } from "./caller.ts";
