import { expect, test } from "vitest";
import { z } from "zod";
import { endpoint } from "./contract.ts";
import { publicRoute, route, streamingRoute } from "./index.ts";

const common = { method: "POST", path: "/api/x", summary: "", access: "signed_in", tag: "test" } as const;
const plain = endpoint({ ...common, name: "plain", body: z.object({ a: z.number() }), answer: z.object({ b: z.string() }) });
const upload = endpoint({ ...common, name: "upload", bodyKind: "upload", answerKind: "none" });
const open = endpoint({ ...common, name: "open", access: "public", answerKind: "none" });
const once = endpoint({ ...common, name: "once", idempotent: true, answerKind: "none" });

test("handlers are held to their endpoint by the compiler", () => {
  route(plain, async ({ body }) => ({ b: body.a.toFixed() }));
  streamingRoute(upload, async ({ upload: { stream } }) => void stream.destroy());
  // @ts-expect-error the answer is not what the schema says
  route(plain, async () => ({ b: 1 }));
  // @ts-expect-error there is no such field in the body
  route(plain, async ({ body }) => ({ b: body.c }));
  // @ts-expect-error no upload without bodyKind "upload"
  streamingRoute(plain, async ({ upload: { stream } }) => ({ b: String(stream) }));
  // @ts-expect-error a streaming handler has no transaction
  streamingRoute(plain, async ({ tx }) => ({ b: String(tx) }));
});

test("an endpoint of the wrong kind is refused at the start", () => {
  const nothing = async () => undefined;
  expect(() => route(upload, nothing)).toThrow("streamingRoute");
  expect(() => route(open, nothing)).toThrow("publicRoute");
  expect(() => streamingRoute(open, nothing)).toThrow("publicRoute");
  expect(() => streamingRoute(once, nothing)).toThrow("route()");
  expect(() => publicRoute(once, nothing)).toThrow("public endpoints");
});
