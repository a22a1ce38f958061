import { expect } from "vitest";
import { z } from "zod";
import { test } from "../../../tests/support/database.ts";
import { callerWith, startTestServer } from "../../../tests/support/server.ts";
import { DomainError } from "../errors/index.ts";
import { endpoint } from "./contract.ts";
import { route } from "./index.ts";

const common = { path: "/api/thing", summary: "", access: "signed_in", answer: z.object({ done: z.boolean() }) } as const;
const read = endpoint({ ...common, name: "readThing", method: "GET", tag: "test" });
const write = endpoint({ ...common, name: "writeThing", method: "POST", tag: "test" });
const leave = endpoint({ ...common, name: "leave", method: "DELETE", path: "/api/session", tag: "session" });

test("on a nearly full disk reading and signing out go on, writing is refused with what to tell the person, and nothing is done", async ({
  db,
}) => {
  let written = 0;
  const full = async () => {
    throw new DomainError("read_only", "only 12 MiB of the disk are free");
  };
  const routes = [
    route(read, async () => ({ done: true })),
    route(leave, async () => ({ done: true })),
    route(write, async () => {
      written += 1;
      return { done: true };
    }),
  ];
  const { send } = await startTestServer({ db, routes, callers: { token: callerWith() }, parts: { requireRoom: full } });
  expect((await send("token", { method: "GET", url: "/api/thing" })).statusCode).toBe(200);
  expect((await send("token", { method: "DELETE", url: "/api/session" })).statusCode).toBe(200);
  const refused = await send("token", { method: "POST", url: "/api/thing" });
  expect([refused.statusCode, refused.json().code, written]).toEqual([507, "read_only", 0]);
});
