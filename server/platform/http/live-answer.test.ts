import { get, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, vi } from "vitest";
import { z } from "zod";
import { test } from "../../../tests/support/database.ts";
import { callerWith, startTestServer } from "../../../tests/support/server.ts";
import type { Caller } from "../caller/index.ts";
import type { Db } from "../db/index.ts";
import { endpoint } from "./contract.ts";
import { type ServerEvent, stopGracefully, streamingRoute } from "./index.ts";

const watch = endpoint({
  name: "watch",
  method: "GET",
  path: "/api/watch",
  summary: "",
  access: "load:read",
  answer: z.object({ rows: z.number() }),
  answerKind: "events",
  tag: "test",
});

/** A source the test feeds by hand. */
function feed() {
  const waiting: ServerEvent<{ rows: number }>[] = [];
  let wake = Promise.withResolvers<void>();
  const state = { returned: false };
  async function* events() {
    try {
      for (;;) {
        const next = waiting.shift();
        if (next !== undefined) yield next;
        else {
          await wake.promise;
          wake = Promise.withResolvers<void>();
        }
      }
    } finally {
      state.returned = true;
    }
  }
  const push = (event: ServerEvent<{ rows: number }>) => {
    waiting.push(event);
    wake.resolve();
  };
  return { events, push, state };
}

async function start(db: Db, source: AsyncIterable<ServerEvent<{ rows: number }>>) {
  const listeners = new Set<(notice: { key: string }) => void>();
  const notices = {
    on: (_topic: string, listener: (notice: { key: string }) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const maySee = ({ data }: ServerEvent<{ rows: number }>, { permissions }: Caller) => data.rows < 100 || permissions.has("load:large");
  const route = streamingRoute(watch, async () => ({ events: source, maySee }));
  const app = await startTestServer({ db, routes: [route], callers: { reader: callerWith(["load:read"]) }, parts: { notices } });
  await app.server.listen({ port: 0, host: "127.0.0.1" });
  const { port } = app.server.server.address() as AddressInfo;
  const answer = await new Promise<IncomingMessage>((resolve) => {
    get({ port, path: "/api/watch", headers: { cookie: "__Host-vinculo=reader" } }, resolve);
  });
  const seen = { text: "", ended: false };
  answer.setEncoding("utf8").on("data", (text: string) => {
    seen.text += text;
  });
  answer.on("close", () => {
    seen.ended = true;
  });
  const endSession = (key: string) => {
    for (const listener of listeners) listener({ key });
  };
  return { app, answer, seen, endSession };
}

test("AC-12: events arrive with their ids, and what the person may not see is left out", async ({ db }) => {
  const { events, push } = feed();
  const { app, answer, seen } = await start(db, events());
  expect(answer.headers).toMatchObject({ "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store" });
  push({ id: "1", data: { rows: 10 } });
  push({ id: "2", data: { rows: 500 } });
  push({ id: "3\ndata: forged", data: { rows: 20 } });
  await vi.waitFor(() => expect(seen.text).toContain('"rows":20'));
  expect(seen.text).toBe(': connected\n\nid: 1\ndata: {"rows":10}\n\nid: 3data: forged\ndata: {"rows":20}\n\n');
  answer.destroy();
  await app.server.close();
});

test("when the session is gone the next event is not sent, and the stream ends", async ({ db }) => {
  const { events, push } = feed();
  const { app, seen } = await start(db, events());
  push({ data: { rows: 1 } });
  await vi.waitFor(() => expect(seen.text).toContain('"rows":1'));
  app.sessions.clear();
  push({ data: { rows: 2 } });
  await vi.waitFor(() => expect(seen.ended).toBe(true));
  expect(seen.text).not.toContain('"rows":2');
  await app.server.close();
});

test("AC-12: a lost permission ends the stream as well", async ({ db }) => {
  const { events, push } = feed();
  const { app, seen } = await start(db, events());
  app.sessions.set("reader", callerWith([]));
  push({ data: { rows: 2 } });
  await vi.waitFor(() => expect(seen.ended).toBe(true));
  expect(seen.text).not.toContain("rows");
  await app.server.close();
});

test("a notice that the session has ended closes the stream at once, without an event", async ({ db }) => {
  const { events } = feed();
  const { app, seen, endSession } = await start(db, events());
  endSession("somebody else");
  expect(seen.ended).toBe(false);
  endSession(app.sessions.get("reader")?.sessionId ?? "");
  await vi.waitFor(() => expect(seen.ended).toBe(true));
  await app.server.close();
});

test("a browser that leaves frees its source", async ({ db }) => {
  const { events, push, state } = feed();
  const { app, answer } = await start(db, events());
  answer.destroy();
  // A generator of one's own notices at its next event; notices.subscribe at once, by the signal.
  await vi.waitFor(() => {
    push({ data: { rows: 1 } });
    expect(state.returned).toBe(true);
  });
  await app.server.close();
});

test("stopping ends live streams, says not ready, and closes everything in order", async ({ db }) => {
  const { events } = feed();
  const { app, seen } = await start(db, events());
  expect((await app.send(null, { url: "/health/ready" })).statusCode).toBe(200);
  const closed: string[] = [];
  const closable = (name: string) => ({ name, close: async () => closed.push(name) });
  const logger = { info: () => undefined, warn: () => undefined, error: () => undefined } as never;
  const stopping = stopGracefully({ server: app.server, closables: [closable("workers"), closable("database")], logger });
  expect(await stopping).toBe(true);
  await vi.waitFor(() => expect(seen.ended).toBe(true));
  expect(closed).toEqual(["workers", "database"]);
});
