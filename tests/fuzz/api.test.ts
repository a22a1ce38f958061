import { tmpdir } from "node:os";
import Ajv2020 from "ajv/dist/2020.js";
import fc from "fast-check";
import { pino } from "pino";
import { beforeAll, describe, expect } from "vitest";
import { permissions } from "../../server/governance/permissions/contract.ts";
import { buildOpenApi } from "../../server/main/openapi.ts";
import { endpoints, routes, works } from "../../server/main/wiring.ts";
import type { Caller } from "../../server/platform/caller/index.ts";
import { systemClock } from "../../server/platform/clock/index.ts";
import { type Db, sql, type Tx } from "../../server/platform/db/index.ts";
import { startWorkers } from "../../server/platform/jobs/index.ts";
import { test } from "../support/database.ts";
import { bankUnit, givenCustomer, givenPerson, givenSession, givenUnit } from "../support/given.ts";
import { noRateLimits } from "../support/no-rate-limits.ts";
import { startTestServer, type TestServer } from "../support/server.ts";
import { type FuzzRequest, goodRequests, type Operation, operationsOf, spoiltRequests } from "./requests.ts";

// Asked by somebody who holds every permission, so that nothing is refused for want of one before it is looked at. `npm run fuzz` asks longer.
const RUNS = Number(process.env.VINCULO_FUZZ_RUNS ?? 1);
const seed = Number(process.env.VINCULO_FUZZ_SEED ?? 1);

const document = buildOpenApi(endpoints);
const operations = operationsOf(document);

/** What every request may write: the trail, sessions, challenges, counters of failed proofs, kept answers, what was reckoned. */
const written = /^(governance\.(audit|session|challenge|credential|standing|egress_budget|step_up)|platform\.(idempotency|rate)|jobs\.)/;

describe("every operation of the OpenAPI document", () => {
  let asked: TestServer;
  let everybody: Caller;
  let known: string[];
  let tables: string[];

  beforeAll(() => undefined);

  test("is there to be asked", async ({ db, admin }) => {
    ({ everybody, known } = await admin.transaction().execute(givenWorld));
    tables = await tablesOf(admin);
    // The queues are there; nobody works on them.
    const idle = works.map(({ job }) => ({ job, run: async () => undefined }));
    const nobody = async () => null;
    await (
      await startWorkers({ db, callerFor: nobody, clock: systemClock, works: idle, logger: pino({ level: "silent" }), home: tmpdir() })
    ).close();
    asked = await startTestServer({ db, routes, callers: { everybody }, settings: { rateLimits: noRateLimits } });
    // Those that may be asked what is personal have a second operation for it.
    expect(operations.length).toBe(endpoints.length + endpoints.filter(({ personalQuery }) => personalQuery !== undefined).length);
    expect(tables.length).toBeGreaterThan(60);
  });

  test("AC-03 AC-09 AC-36 AC-48: refuses what is wrong in form with 4xx and a problem, and nothing has changed", {
    timeout: 3_600_000,
  }, async ({ admin }) => {
    const before = await fingerprint(admin, tables);
    const found: string[] = [];
    for (const operation of operations) {
      await everyRequest(spoiltRequests(operation, document, known), 3 * RUNS, async (request) => {
        const { statusCode, body, headers } = await asked.send("everybody", request as never);
        const isRefusal = statusCode >= 400 && statusCode < 500 && /problem\+json|scim\+json/.test(String(headers["content-type"]));
        if (!isRefusal) found.push(said(operation, request, statusCode, `${body} ${JSON.stringify(asked.logged.at(-1))}`));
      });
    }
    expect(found).toEqual([]);
    const after = await fingerprint(admin, tables);
    expect(tables.filter((table) => before.get(table) !== after.get(table))).toEqual([]);
  });

  test("AC-34: answers no method that it does not name, and GET changes nothing", { timeout: 3_600_000 }, async ({ admin }) => {
    const before = await fingerprint(admin, tables);
    for (const operation of operations) {
      const others = ["GET", "POST", "PUT", "PATCH", "DELETE"].filter(
        (method) => !operations.some((other) => other.path === operation.path && other.method === method),
      );
      const url = operation.path.replaceAll(/\{\w+\}/g, known[0] ?? "");
      for (const method of others.slice(0, 2)) {
        // 400: another operation's path takes this one's last word for an id.
        const { statusCode } = await asked.send("everybody", { method: method as "GET", url });
        expect([400, 404, 405], `${method} ${url}`).toContain(statusCode);
      }
      if (operation.method !== "GET" || operation.isStream) continue;
      await everyRequest(
        goodRequests(operation, document, known),
        1,
        async (request) => void (await asked.send("everybody", request as never)),
      );
    }
    const after = await fingerprint(admin, tables);
    expect(tables.filter((table) => before.get(table) !== after.get(table))).toEqual([]);
  });

  test("answers what is good in form as the document says, and never with a fault of its own", { timeout: 3_600_000 }, async ({
    admin,
  }) => {
    const checks = new Checks();
    const found: string[] = [];
    const reached = new Set<string>();
    for (const operation of operations.filter(({ isStream }) => !isStream)) {
      await sql`update governance.session set revoked_at = null where session_id = ${everybody.sessionId}`.execute(admin);
      await sql`update governance.app_user set active = true where user_id = ${everybody.userId}`.execute(admin);
      await everyRequest(goodRequests(operation, document, known), 2 * RUNS, async (request) => {
        const { statusCode, body, headers } = await asked.send("everybody", request as never);
        // 503: a part that is not started here, or somebody outside who does not answer.
        const isNamed = (statusCode < 500 || statusCode === 503) && Object.hasOwn(operation.answers, String(statusCode));
        const faults = isNamed && /json/.test(String(headers["content-type"])) ? checks.faults(operation, statusCode, body) : null;
        if (!isNamed || faults !== null) found.push(`${faults ?? "not named"} ${said(operation, request, statusCode, body)}`);
        if (statusCode < 300) reached.add(operation.name);
      });
    }
    expect(found).toEqual([]);
    // Otherwise it would be only refusals that are looked at.
    expect(reached.size).toBeGreaterThan(operations.length / 4);
  });
});

/** Compiles each answer's schema once. */
class Checks {
  private readonly ajv = new Ajv2020.default({ strict: false, validateFormats: false });
  private readonly compiled = new Map<string, ReturnType<typeof this.ajv.compile>>();

  faults(operation: Operation, status: number, body: string): string | null {
    const schema = operation.answers[status];
    if (schema === null || schema === undefined) return null;
    const key = `${operation.name} ${status}`;
    const check = this.compiled.get(key) ?? this.ajv.compile({ ...schema, components: (document as { components: object }).components });
    this.compiled.set(key, check);
    return check(JSON.parse(body)) ? null : this.ajv.errorsText(check.errors);
  }
}

/** Asks `numRuns` requests drawn from the seed. */
async function everyRequest(
  requests: fc.Arbitrary<FuzzRequest>,
  numRuns: number,
  ask: (request: FuzzRequest) => Promise<void>,
): Promise<void> {
  for (const request of fc.sample(requests, { numRuns, seed })) await ask(request);
}

function said({ name }: Operation, request: FuzzRequest, status: number, answer: string): string {
  return `${name}${request.wrong === undefined ? "" : ` (${request.wrong})`}: ${JSON.stringify(request).slice(0, 600)} -> ${status} ${answer.slice(0, 900)}`;
}

async function givenWorld(tx: Tx): Promise<{ everybody: Caller; known: string[] }> {
  const bank = await bankUnit(tx);
  await sql`delete from governance.sod_conflict`.execute(tx); // nobody else may hold everything
  const branch = await givenUnit(tx, "branch", null, "FUZZED");
  await sql`insert into governance.role (role_id, permissions) values ('everything', ${[...permissions]})`.execute(tx);
  const person = await givenPerson(tx, "analyst", bank);
  await sql`update governance.role_assignment set role_id = 'everything' where user_id = ${person.userId}`.execute(tx);
  const customer = await givenCustomer(tx, { fullName: "Ana Fuzzed", branch });
  const session = await givenSession(tx, person);
  const known = [customer.customerId, customer.partyId, customer.holdingId, branch.unitId, person.userId];
  return { everybody: { ...session, permissions: new Set(permissions) }, known };
}

async function tablesOf(admin: Db["app"]): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast') order by 1`.execute(
    admin,
  );
  return rows.map(({ name }) => name).filter((name) => !written.test(name));
}

async function fingerprint(admin: Db["app"], tables: readonly string[]): Promise<Map<string, string>> {
  const parts = tables.map(
    (table) =>
      sql`select ${table}::text as name, md5(coalesce(string_agg(md5(t::text), '' order by md5(t::text)), '')) as hash from ${sql.raw(table)} t`,
  );
  const { rows } = await sql<{ name: string; hash: string }>`${sql.join(parts, sql` union all `)}`.execute(admin);
  return new Map(rows.map(({ name, hash }) => [name, hash]));
}
