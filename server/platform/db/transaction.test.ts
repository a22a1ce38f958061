import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { expect } from "vitest";
import { test } from "../../../tests/support/database.ts";
import type { SessionId, UserId } from "../caller/index.ts";
import { newId } from "../ids/index.ts";
import { type Db, inTransaction, sendLast, sql, type Tx, withWorkerConnection } from "./index.ts";

const caller = { userId: newId<"User">() as UserId, sessionId: newId<"Session">() as SessionId, requestId: "request-1" };
const contextIn = async (tx: Tx) =>
  (await sql<{ context: Record<string, unknown> | null }>`select platform.context() as context`.execute(tx)).rows[0]?.context;

test("a transaction carries a context the database accepts, naming person, session, request and purpose", async ({ db }) => {
  const context = await inTransaction(db, caller, contextIn);
  expect(context).toMatchObject({ u: caller.userId, s: caller.sessionId, r: "request-1", p: "serve" });
});

test("what is sent last is committed with the rest; where it fails, or the work before it, nothing is committed and the failure is told", async ({
  db,
}) => {
  const put = (name: string) => sql`insert into platform.setting (name, value) values (${name}, '1')`;
  const meant = () => new Error("is there already");
  const both = (first: string, last: string) => async (tx: Tx) => {
    await put(first).execute(tx);
    await sendLast(tx, put(last), meant);
  };
  await inTransaction(db, caller, both("last.1", "last.2"));
  await expect(inTransaction(db, caller, both("last.3", "last.1"))).rejects.toThrow("is there already");
  await expect(inTransaction(db, caller, (tx) => both("last.4", "last.5")(tx).then(() => Promise.reject(new Error("no"))))).rejects.toThrow(
    "no",
  );
  await inTransaction(db, caller, both("last.6", "last.7"), { role: "worker" });
  const kept = await inTransaction(db, caller, (tx) =>
    sql<{ name: string }>`select name from platform.setting where name like 'last.%' order by 1`.execute(tx),
  );
  expect(kept.rows.map(({ name }) => name)).toEqual(["last.1", "last.2", "last.6", "last.7"]);
});

test("the next transaction on the same connection does not see the context of the last", async ({ db }) => {
  await inTransaction(db, caller, contextIn);
  const { rows } = await sql<{ raw: string | null }>`select nullif(current_setting('vinculo.context', true), '') as raw`.execute(db.app);
  expect(rows[0]?.raw).toBeNull();
});

test.for([
  ["signed with another key", (text: string) => `${text.split(".")[0]}.${"A".repeat(43)}`],
  ["with a changed payload", (text: string) => `${Buffer.from('{"u":null,"p":"job"}').toString("base64url")}.${text.split(".")[1]}`],
  ["that is no context at all", () => "x"],
] as const)("a context %s is refused", async ([, spoil], { db }) => {
  const forged = inTransaction(db, caller, async (tx) => {
    const { rows } = await sql<{ raw: string }>`select current_setting('vinculo.context') as raw`.execute(tx);
    await sql`select set_config('vinculo.context', ${spoil(rows[0]?.raw ?? "")}, true)`.execute(tx);
    return contextIn(tx);
  });
  await expect(forged).rejects.toBeDefined();
});

test("a context taken to another connection is refused", async ({ db }) => {
  const replayed = inTransaction(db, caller, async (tx) => {
    const { rows } = await sql<{ raw: string }>`select current_setting('vinculo.context') as raw`.execute(tx);
    return inTransaction(db, caller, async (other) => {
      await sql`select set_config('vinculo.context', ${rows[0]?.raw}, true)`.execute(other);
      return contextIn(other);
    });
  });
  await expect(replayed).rejects.toMatchObject({ code: "not_found" });
});

test("an error rolls everything back, and the connection goes on working", async ({ db }) => {
  const failing = inTransaction(db, caller, async (tx) => {
    await sql`insert into platform.setting (name, value) values ('lost', '1')`.execute(tx);
    throw new Error("stop");
  });
  await expect(failing).rejects.toThrow("stop");
  const { rows } = await inTransaction(db, caller, (tx) => sql`select from platform.setting where name = 'lost'`.execute(tx));
  expect(rows).toEqual([]);
});

test("AC-59: a statement that takes too long ends as unavailable", async ({ db }) => {
  const slow = inTransaction(db, caller, (tx) => sql`select pg_sleep(30)`.execute(tx), { statementTimeoutMs: 20 });
  await expect(slow).rejects.toMatchObject({ code: "unavailable" });
});

test("a read-only transaction does not write", async ({ db }) => {
  const writing = inTransaction(db, caller, (tx) => sql`insert into platform.setting (name, value) values ('x', '1')`.execute(tx), {
    readOnly: true,
  });
  await expect(writing).rejects.toMatchObject({ code: "read_only" });
});

test("a deadlock is tried again, and both transactions succeed", async ({ db }) => {
  await inTransaction(db, caller, (tx) => sql`insert into platform.setting (name, value) values ('a', '0'), ('b', '0')`.execute(tx));
  const bothHoldOne = Promise.withResolvers<void>();
  let holding = 0;
  const swap = (first: string, second: string) =>
    inTransaction(
      db,
      caller,
      async (tx) => {
        await sql`update platform.setting set value = '1' where name = ${first}`.execute(tx);
        holding += 1;
        if (holding === 2) bothHoldOne.resolve();
        await bothHoldOne.promise;
        await sql`update platform.setting set value = '1' where name = ${second}`.execute(tx);
      },
      { role: "worker" },
    );
  await Promise.all([swap("a", "b"), swap("b", "a")]);
  expect(holding).toBe(3);
});

test("a deadlock is not tried again when the work says so", async ({ db }) => {
  let runs = 0;
  const failing = inTransaction(
    db,
    caller,
    (tx) => {
      runs += 1;
      return sql`do $$ begin raise exception 'x' using errcode = '40P01'; end $$`.execute(tx);
    },
    { retry: false },
  );
  await expect(failing).rejects.toMatchObject({ code: "unavailable" });
  expect(runs).toBe(1);
});

test("the web login can neither change tables nor become another role nor run programs", async ({ db }) => {
  const attempts = [
    "create table platform.mine ()",
    "create temporary table mine ()",
    "truncate platform.setting",
    "set role vinculo_owner",
    "set role vinculo_worker",
    "copy (select 1) to program 'true'",
    "select pg_read_file('/etc/passwd')",
    "select secret from platform.context_key",
    "alter table platform.idempotency disable row level security",
  ];
  for (const attempt of attempts) {
    await expect(
      inTransaction(db, caller, (tx) => sql.raw(attempt).execute(tx)),
      attempt,
    ).rejects.toMatchObject({ code: "not_found" });
  }
});

test("money arrives as bigint and a date as its text", async ({ db }) => {
  const { rows } =
    await sql`select 9007199254740993::int8 as money, date '2026-02-28' as day, array[1, null]::int8[] as many, 1.10::numeric as rate`.execute(
      db.app,
    );
  expect(rows[0]).toEqual({ money: 9_007_199_254_740_993n, day: "2026-02-28", many: [1n, null], rate: "1.10" });
});

test("COPY and SQL share one transaction of a worker connection", async ({ db }) => {
  const count = (tx: Tx) => sql<{ n: number }>`select count(*)::int as n from staging.copied`.execute(tx).then(({ rows }) => rows[0]?.n);
  const seen = await withWorkerConnection(db, caller, async (connection) => {
    await connection.inTransaction((tx) => sql`create table staging.copied (line int)`.execute(tx));
    const tx = await connection.begin();
    await pipeline(Readable.from(["1\n2\n", "3\n"]), connection.copyFrom("copy staging.copied from stdin"));
    const inside = await count(tx);
    await connection.rollback();
    return [inside, await connection.inTransaction(count)];
  });
  expect(seen).toEqual([3, 0]);
});

test("a worker connection left in the middle of a transaction is rolled back and clean for the next", async ({ db }) => {
  await withWorkerConnection(db, caller, async (connection) => {
    const tx = await connection.begin();
    await sql`create temporary table left_over ()`.execute(tx);
    await sql`insert into platform.setting (name, value) values ('left over', '1')`.execute(tx);
  });
  expect(await leftOvers(db)).toEqual({ tables: 0, rows: 0 });
});

async function leftOvers(db: Db): Promise<unknown> {
  const { rows } = await inTransaction(
    db,
    caller,
    (tx) =>
      sql`select (select count(*)::int from pg_class where relname = 'left_over') as tables,
        (select count(*)::int from platform.setting where name = 'left over') as rows`.execute(tx),
    { role: "worker" },
  );
  return rows[0];
}

test("a connection cut in the middle ends as unavailable, and the pool recovers", async ({ db, admin }) => {
  const cut = inTransaction(db, caller, async (tx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
    await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(admin);
    await sql`select 1`.execute(tx);
  });
  await expect(cut).rejects.toMatchObject({ code: "unavailable" });
  await expect(inTransaction(db, caller, contextIn)).resolves.toBeTruthy();
});

test("arranged rows are seen past row-level security, the caller acts under it, and an error undoes only what the caller did", async ({
  tx,
  as,
}) => {
  await sql`insert into platform.setting (name, value) values ('arranged', '1')`.execute(tx);
  const who = await as(
    caller,
    async (acting) => (await sql<{ login: string }>`select current_user::text as login`.execute(acting)).rows[0]?.login,
  );
  expect(who).toBe("vinculo_app");
  await expect(as(caller, (acting) => sql`create table platform.mine ()`.execute(acting))).rejects.toThrow();
  const { rows } = await sql`select current_user::text as login, value from platform.setting where name = 'arranged'`.execute(tx);
  expect(rows).toEqual([{ login: "vinculo_admin", value: 1 }]);
});
