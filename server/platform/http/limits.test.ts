import { expect } from "vitest";
import { z } from "zod";
import { frozenClock, test } from "../../../tests/support/database.ts";
import { callerWith, startTestServer } from "../../../tests/support/server.ts";
import { DomainError } from "../errors/index.ts";
import { endpoint } from "./contract.ts";
import { defaultRateLimits, publicRoute, route } from "./index.ts";
import { addressPrefix, RateLimiter } from "./rate-limit.ts";

const tag = "test";
const look = endpoint({ name: "look", method: "GET", path: "/api/look", summary: "", access: "signed_in", answerKind: "none", tag });
const enter = endpoint({
  name: "enter",
  method: "POST",
  path: "/api/enter",
  summary: "",
  access: "public",
  body: z.object({ login: z.string(), password: z.string() }),
  answerKind: "none",
  tag,
});
const routes = [
  route(look, async () => undefined),
  publicRoute(
    enter,
    async ({ body }) => {
      if (body.password !== "right") throw new DomainError("sign_in_failed", "no");
    },
    { limitAccount: ({ login }) => login.toLowerCase() },
  ),
];
const rateLimits = { ...defaultRateLimits, perCaller: { burst: 3, perSecond: 1 }, signInPerAccount: { burst: 2, perSecond: 0.1 } };

test("a bucket gives its burst, then one token per interval, and never more than its burst", () => {
  const limiter = new RateLimiter({ burst: 2, perSecond: 0.5 });
  expect([limiter.take("a", 0), limiter.take("a", 0), limiter.take("a", 0)]).toEqual([0, 0, 2]);
  expect(limiter.take("b", 0)).toBe(0);
  expect([limiter.take("a", 2_000), limiter.take("a", 2_000)]).toEqual([0, 2]);
  expect([limiter.take("a", 1e9), limiter.take("a", 1e9), limiter.take("a", 1e9)]).toEqual([0, 0, 2]);
});

test.for([
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
  ["2001:db8:1:2::9", "2001:db8:1:2"],
  ["2001:0db8:0001:0002::", "2001:db8:1:2"],
  ["::1", "0:0:0:0"],
  ["fe80::1%eth0", "fe80:0:0:0"],
  ["::ffff:192.0.2.1", "192.0.2.1"],
  ["192.0.2.1", "192.0.2.1"],
] as const)("%s is counted as %s", ([ip, prefix]) => {
  expect(addressPrefix(ip)).toBe(prefix);
});

test("one person's flood is stopped, told when to come back, and does not touch another's", async ({ db }) => {
  const clock = frozenClock();
  const app = await startTestServer({ db, routes, clock, callers: { a: callerWith(), b: callerWith() }, settings: { rateLimits } });
  const looks = async (token: string) => await app.send(token, { url: "/api/look" });
  expect([await looks("a"), await looks("a"), await looks("a")].map(({ statusCode }) => statusCode)).toEqual([204, 204, 204]);
  const stopped = await looks("a");
  expect(stopped.statusCode).toBe(429);
  expect(stopped.headers["retry-after"]).toBe("1");
  expect((await looks("b")).statusCode).toBe(204);
  clock.set(new Date(clock.now().getTime() + 1_000));
  expect((await looks("a")).statusCode).toBe(204);
  await app.server.close();
});

test("AC-30: guesses at one account are bounded whatever the spelling; right passwords cost nothing", async ({ db }) => {
  const app = await startTestServer({ db, routes, clock: frozenClock(), settings: { rateLimits } });
  const attempt = async (login: string, password: string) =>
    (await app.send(null, { method: "POST", url: "/api/enter", payload: { login, password } })).statusCode;
  expect([await attempt("anna", "right"), await attempt("anna", "right"), await attempt("anna", "right")]).toEqual([204, 204, 204]);
  expect([await attempt("anna", "x"), await attempt("ANNA", "x"), await attempt("Anna", "right")]).toEqual([401, 401, 429]);
  expect(await attempt("bert", "right")).toBe(204);
  await app.server.close();
});

test("X-Forwarded-For is believed from a named proxy only", async ({ db }) => {
  const limits = { ...defaultRateLimits, perAddress: { burst: 1, perSecond: 0.001 } };
  for (const [trustedProxies, expected] of [
    [[], [204, 429]],
    [["127.0.0.1"], [204, 204]],
  ] as const) {
    const app = await startTestServer({ db, routes, callers: { a: callerWith() }, settings: { rateLimits: limits, trustedProxies } });
    const from = async (ip: string) => (await app.send("a", { url: "/api/look", headers: { "x-forwarded-for": ip } })).statusCode;
    expect([await from("198.51.100.1"), await from("198.51.100.2")]).toEqual(expected);
    await app.server.close();
  }
});

test("when too many requests wait for the database new ones are turned away, and health still answers", async ({ db }) => {
  const crowded = { ...db, pools: { ...db.pools, app: { waitingCount: 101 } as never } };
  const app = await startTestServer({ db: crowded, routes, callers: { a: callerWith() } });
  const answer = await app.send("a", { url: "/api/look" });
  expect(answer.statusCode).toBe(503);
  expect(answer.headers["retry-after"]).toBe("2");
  expect((await app.send(null, { url: "/health/live" })).statusCode).toBe(200);
  await app.server.close();
});
