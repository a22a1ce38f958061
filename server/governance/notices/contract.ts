import { z } from "zod";
import { Instant } from "../../platform/clock/contract.ts";
import { endpoint } from "../../platform/http/contract.ts";

const tag = "notices";

export const NOTICES_MAX = 50;

/** `kind` chooses the text; kinds the browser does not know are shown by their name. */
export const PersonalNotice = z.object({
  noticeId: z.uuid(),
  kind: z.string(),
  detail: z.record(z.string(), z.unknown()),
  at: Instant,
  read: z.boolean(),
});
export type PersonalNotice = z.infer<typeof PersonalNotice>;

export const listNotices = endpoint({
  name: "listNotices",
  tag,
  method: "GET",
  path: "/api/notices",
  summary: "What the caller was told, newest first, the last fifty",
  access: "signed_in",
  answer: z.object({ notices: z.array(PersonalNotice).max(NOTICES_MAX) }),
});

export const readNotices = endpoint({
  name: "readNotices",
  tag,
  method: "POST",
  path: "/api/notices/read",
  summary: "Mark what the caller was told up to this notice as read",
  access: "signed_in",
  body: z.strictObject({ upTo: z.uuid() }),
  answerKind: "none",
});
