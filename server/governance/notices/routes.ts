import { type Route, route } from "../../platform/http/index.ts";
import * as contract from "./contract.ts";
import { listNotices, readNotices } from "./store.ts";

export const noticeRoutes: Route[] = [
  route(contract.listNotices, async ({ tx, caller }) => ({ notices: await listNotices(tx, caller.userId) })),
  route(contract.readNotices, ({ tx, caller, body }) => readNotices(tx, caller.userId, body.upTo)),
];
