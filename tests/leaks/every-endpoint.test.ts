import pino from "pino";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { keysOfRecord, RecordTable } from "../../server/customers/identity/matching/index.ts";
import { createUser, operatorCaller } from "../../server/governance/access/index.ts";
import { type Running, run } from "../../server/main/api.ts";
import { endpoints } from "../../server/main/wiring.ts";
import { readConfig } from "../../server/platform/config/index.ts";
import { type Db, inTransaction, sql } from "../../server/platform/db/index.ts";
import type { Endpoint } from "../../server/platform/http/contract.ts";
import { test } from "../support/database.ts";
import { type GivenCustomer, givenCustomer, givenUnit } from "../support/given.ts";
import { givenCompartment, givenSeal } from "../support/given-seal.ts";
import { scratchFolder } from "../support/scratch-folder.ts";
import { offerExamples } from "./offer-examples.ts";
import { reportExamples } from "./report-examples.ts";

// Every endpoint is asked here, by being listed in main/wiring.ts. One that a relationship manager may call needs an example of a good call below.

const password = "vinculo-leak-test";
const canary = { fullName: "Zebulon Quaxley", phone: "+34699777555", nationalId: "Q7755331", accountNumber: "ES7700998877665544332211" };
const traces = ["zebulon", "quaxley", "699777555", "7755331", "998877665544332211"];
const noSegment = "00000000-0000-7000-8000-000000000000";

interface World {
  readonly seen: GivenCustomer;
  readonly hidden: GivenCustomer;
  /** In the person's own branch, but in a compartment the person has no clearance for. */
  readonly sealed: GivenCustomer;
}

interface Call {
  readonly params?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly body?: unknown;
}

/** Good calls about one customer; asked about the seen and the hidden one. Searches ask for the hidden one by all it is known by. */
const examples: Record<string, (customer: GivenCustomer, world: World) => readonly Call[]> = {
  readWelcome: () => [{}],
  signIn: () => [{ body: { login: "nobody", password: "nothing" } }],
  enrolTotp: () => [{ body: { login: "nobody", password: "nothing" } }],
  readSession: () => [{}],
  signOut: () => [],
  askForPasskey: () => [], // a new challenge each time
  signInByPasskey: () => [{ body: { challengeId: crypto.randomUUID(), response: {} } }],
  askForStepUp: () => [],
  proveStepUp: () => [], // a wrong one counts as a failed sign-in
  listSessions: () => [{}],
  endSession: () => [{}],
  endAllSessions: () => [{}],
  readAccount: () => [{}],
  beginTotp: () => [{}],
  confirmTotp: () => [{ body: { code: "000000" } }],
  removeTotp: () => [{}],
  renewRecoveryCodes: () => [{}],
  beginPasskey: () => [{}],
  addPasskey: () => [{ body: { name: "Key", challengeId: crypto.randomUUID(), response: {} } }],
  removePasskey: () => [{ body: { credentialId: "none" } }],
  changePassword: () => [{ body: { password: "correct horse battery" } }],
  listRoles: () => [{}],
  listDelegations: () => [{}],
  listKeys: () => [{}],
  beginProviderSignIn: () => [{}],
  finishProviderSignIn: () => [{ body: { parameters: "code=x", secret: "A".repeat(43) } }],
  beginProviderProof: () => [{ body: { actionHash: "0".repeat(64) } }],
  finishProviderProof: () => [{ body: { parameters: "code=x", secret: "A".repeat(43) } }],
  leaveSession: () => [],
  endSessionsByProvider: () => [{ body: { logout_token: "none" } }],
  askForKey: () => [
    { body: { purpose: "Compares by night", scopes: ["organisation:read"], ipRanges: ["192.0.2.0/24"], days: 30, rowsPerDay: 10 } },
  ],
  revokeKey: () => [{}],
  delegate: () => [
    {
      body: {
        ...{ fromUserId: crypto.randomUUID(), toUserId: crypto.randomUUID(), roleIds: ["branch_manager"] },
        ...{ validFrom: "2026-01-01", validUntil: "2026-01-02", reason: "On leave" },
      },
    },
  ],
  endDelegation: () => [{ body: { version: 1 } }],
  lookAtLink: () => [{ body: { token: "A".repeat(43) } }],
  redeemLink: () => [{ body: { token: "A".repeat(43), password: "correct horse battery" } }],
  listPortfolios: () => [{}],
  updatePreferences: () => [{ body: { version: 1, locale: "es" } }],
  listUnits: () => [{}],
  listColleagues: () => [{}, { query: { text: "rm" } }],
  listCustomers: () => [
    {},
    { query: { sort: "assets", direction: "descending", rows: "200" } },
    { query: { filter: JSON.stringify({ match: "any", conditions: [{ field: "name", operator: "contains", value: "zebulon" }] }) } },
    { query: { filter: JSON.stringify({ match: "any", conditions: [{ field: "kind", operator: "is", value: "person" }] }) } },
    { query: { filter: `{"match":"all","conditions":[{"field":"member","operator":"is_none_of","value":["${noSegment}"]}]}` } },
  ],
  countCustomers: () => [
    {},
    { query: { filter: JSON.stringify({ match: "any", conditions: [{ field: "name", operator: "contains", value: "zebulon" }] }) } },
  ],
  readStanding: () => [{}],
  listMaturing: () => [{}],
  readFilterChoices: () => [{}],
  searchCustomers: () =>
    [canary.fullName, canary.phone, canary.nationalId, canary.accountNumber, "zeb", "quax"].map((text) => ({ query: { text } })),
  viewCustomer: ({ customerId }) => [{ params: { customerId } }],
  readSourceRecord: ({ customerId, partyId }, { seen }) => [
    { params: { customerId, partyId } },
    { params: { customerId: seen.customerId, partyId } },
  ],
  listTransactions: ({ customerId, holdingId }, { seen }) => [
    { params: { customerId } },
    { params: { customerId }, query: { holdingId } },
    { params: { customerId: seen.customerId }, query: { holdingId } },
  ],
  totalTransactions: ({ customerId, holdingId }, { seen }) => [
    { params: { customerId } },
    { params: { customerId: seen.customerId }, query: { holdingId } },
  ],
  readBalanceSeries: ({ customerId, holdingId }, { seen }) => [
    { params: { customerId } },
    { params: { customerId: seen.customerId }, query: { holdingId } },
  ],
  revealIdentifier: ({ customerId }) => [
    { params: { customerId }, body: { scheme: "national_id", country: null, last4: "5331", reason: "seen at the counter" } },
  ],
  exportCustomers: () => [
    { body: { format: "csv", filter: { match: "any", conditions: [{ field: "name", operator: "contains", value: "zebulon" }] } } },
  ],
  exportTransactions: ({ customerId }) => [{ params: { customerId }, body: { format: "csv" } }],
  // Broken glass tells whether there was somebody: that is what it is broken for (server/customers/emergency).
  breakGlass: () => [],
  listOwnGrants: () => [{}],
  endGrant: () => [{}],
  listNotices: () => [{}],
  readNotices: () => [{ body: { upTo: "00000000-0000-7000-8000-000000000000" } }],
  readBudget: () => [],
  askForRows: () => [],
  readCustomerRisk: ({ customerId }) => [{ params: { customerId } }],
  readCustomerMarketRisk: ({ customerId }) => [{ params: { customerId } }],
  setCreditLimit: ({ customerId }) => [{ params: { customerId }, body: { scope: "customer", amountMinor: "100000", reason: "tried" } }],
  watchCustomer: ({ customerId }) => [{ params: { customerId }, body: { reason: "tried", reviewOn: "2099-01-01", actions: "" } }],
  reviewWatch: ({ partyId }) => [{ params: { partyId, watchId: partyId }, body: { reviewOn: "2099-01-01", actions: "", version: 1 } }],
  leaveWatch: ({ partyId }) => [{ params: { partyId, watchId: partyId }, body: { reason: "tried", version: 1 } }],
  listWatched: () => [{}, { query: { left: "true" } }],
  listCreditAlerts: () => [{}],
  seeCreditAlert: ({ partyId }) => [{ params: { partyId, alertId: partyId } }],
  readCreditPortfolio: () => [{}, { query: { kind: "loan" } }],
  listCreditCustomers: () => [{}, { query: { band: "1" } }],
  readMarketRisk: () => [{}],
  applyForCredit: ({ customerId }) => [
    { params: { customerId }, body: { kind: "card", currency: "EUR", amountMinor: "100000", purpose: "tried" } },
  ],
  listCreditApplications: ({ customerId }) => [{}, { query: { customerId } }],
  readCreditApplication: ({ customerId }) => [{ params: { applicationId: customerId } }],
  decideCreditApplication: ({ customerId }) => [{ params: { applicationId: customerId }, body: { decision: "declined", reason: "tried" } }],
  withdrawCreditApplication: ({ customerId }) => [{ params: { applicationId: customerId }, body: { reason: "tried" } }],
  listCreditPolicies: () => [{}],
  proposeCreditPolicy: () => [],
  listApprovals: () => [{ query: { view: "to_decide" } }, { query: { view: "asked" } }, { query: { view: "decided" } }],
  readApproval: ({ customerId }) => [{ params: { requestId: customerId } }],
  decideApproval: ({ customerId }) => [
    { params: { requestId: customerId }, body: { approve: false, note: "tried", hash: "0".repeat(64) } },
  ],
  withdrawApproval: ({ customerId }) => [{ params: { requestId: customerId } }],
  renewApproval: ({ customerId }) => [{ params: { requestId: customerId } }],
  readIdentity: ({ customerId }) => [{ params: { customerId } }],
  findDuplicates: () => [{ body: typedCanary }],
  listEntryPlaces: () => [{}],
  enterCustomer: () => [], // would be entered: AC-06 in server/customers/intake/entry
  listFacts: () => [{}],
  previewSegment: () => [
    { body: { filter: { match: "all", of: [] } } },
    { body: { filter: { match: "any", of: [{ field: "holding_count", op: "at_least", values: ["0"] }] } } },
  ],
  listSegments: () => [{}],
  readSegmentChoices: () => [{}],
  readClusters: () => [{}],
  compareSegments: ({ customerId }) => [{ query: { first: customerId, second: customerId } }],
  readSegment: ({ customerId }) => [{ params: { segmentId: customerId } }],
  listSegmentMembers: ({ customerId }) => [{ params: { segmentId: customerId } }],
  readSegmentHistory: ({ customerId }) => [{ params: { segmentId: customerId } }],
  exportSegmentMembers: ({ customerId }) => [{ params: { segmentId: customerId }, body: { format: "csv" } }],
  ...reportExamples,
  viewCustomerAsOf: ({ customerId }) => [
    { params: { customerId } },
    { params: { customerId }, query: { knownOn: "2026-02-01" } },
    { params: { customerId }, query: { validOn: "2026-02-01" } },
  ],
  disputeValue: ({ customerId, partyId }, { seen }) => {
    const body = { attribute: "full_name", partyId, value: canary.fullName, reason: "doubtful" };
    return [
      { params: { customerId }, body },
      { params: { customerId: seen.customerId }, body },
    ];
  },
  readConsents: ({ customerId }) => [{ params: { customerId } }],
  listConsentTexts: () => [{}],
  recordConsent: ({ customerId, partyId }, { seen }) => {
    const body = { partyId, purpose: "marketing", channel: "email", act: "withdrawn", obtainedBy: "branch" };
    return [
      { params: { customerId }, body },
      { params: { customerId: seen.customerId }, body },
    ];
  },
  readCustomerValue: ({ customerId }) => [{ params: { customerId } }],
  readBehaviour: ({ customerId }) => [{ params: { customerId } }],
  readOwnValue: () => [{}],
  appealTier: ({ customerId }) => [{ params: { customerId }, body: { tier: "gold", reason: "Brings many friends along" } }],
  readQuality: () => [{}],
  readQualityTrend: () => [{ query: { field: "phone" } }],
  listQualityWork: () => [{ query: { dimension: "completeness", field: "email" } }],
  readFraudMark: ({ customerId }) => [{ params: { customerId } }],
  readFraudCourse: () => [{}],
  listRelations: ({ customerId }) => [{ params: { customerId } }],
  readOwnership: ({ customerId }) => [{ params: { customerId } }],
  listCircles: ({ customerId }) => [{ params: { customerId } }],
  listProposals: ({ customerId }) => [{ params: { customerId } }],
  addRelation: ({ customerId }, { seen }) => [
    { params: { customerId }, body: { otherCustomerId: seen.customerId, kind: "spouse" } },
    { params: { customerId: seen.customerId }, body: { otherCustomerId: customerId, kind: "spouse" } },
  ],
  createCircle: ({ customerId }, { seen }) => [{ body: { kind: "household", members: [{ customerId: seen.customerId }, { customerId }] } }],
  decideProposal: ({ customerId }, { seen }) =>
    ["accept", "dismiss"].flatMap((decision) => [
      { params: { customerId }, body: { kind: "household", otherCustomerId: seen.customerId, decision } },
      { params: { customerId: seen.customerId }, body: { kind: "household", otherCustomerId: customerId, decision } },
    ]),
  correctRelation: () => [{ body: { version: 1 } }],
  withdrawRelation: () => [{ body: { version: 1 } }],
  renameCircle: () => [{ body: { version: 1, name: "Household" } }],
  addCircleMember: ({ customerId }) => [{ body: { customerId } }],
  correctCircleMember: () => [{ body: { version: 1 } }],
  dissolveCircle: () => [{ body: { version: 1 } }],
  readCustomerScores: ({ customerId }) => [{ params: { customerId } }],
  ...offerExamples,
};

/** The hidden customer as somebody who knows everything of it would type it. */
const typedCanary = {
  kind: "person",
  fullName: canary.fullName,
  phones: [canary.phone],
  identifiers: [{ scheme: "national_id", value: canary.nationalId }],
};

describe("every endpoint", () => {
  let running: Running;
  let world: World;
  const cookies: Record<string, string> = {};
  let database: Db;

  beforeAll(() => undefined);
  afterAll(async () => {
    for (const part of running?.closables.filter(({ name }) => name !== "database") ?? []) await part.close();
    await running?.server.close();
  });

  test("is answered, and stands open to nobody it is not for", { timeout: 120_000 }, async ({ db, admin }) => {
    database = db;
    world = await admin.transaction().execute(async (tx) => {
      const north = await givenUnit(tx, "branch", null, "NORTH");
      const south = await givenUnit(tx, "branch", null, "SOUTH");
      const hidden = await givenCustomer(tx, { ...canary, branch: south, terms: ["zebulon", "quaxley"] });
      const sealed = await givenCustomer(tx, { ...canary, branch: north, terms: ["zebulon", "quaxley"] });
      await givenSeal(tx, sealed, await givenCompartment(tx, "vip"));
      const table = new RecordTable();
      table.add({ source: "typed", key: "typed", ...typedCanary, kind: "person", names: [{ full: canary.fullName }] });
      const keys = keysOfRecord(table.arrays(), 0).map((key) => key | 0);
      for (const { partyId } of [hidden, sealed])
        await sql`insert into customers.match_entry (party_id, keys) values (${partyId}, ${keys}::int[])`.execute(tx);
      return { seen: await givenCustomer(tx, { fullName: "Seen Person", branch: north }), hidden, sealed };
    });
    const operator = await operatorCaller(db);
    for (const [login, roleId] of [
      ["rm.north", "relationship_manager"],
      ["admin.north", "administrator"],
      ["auditor.north", "auditor"],
    ] as const) {
      const person = { login, displayName: login, unitCode: "NORTH", roleIds: [roleId], password };
      await inTransaction(db, operator, (tx) => createUser(tx, operator, person), { role: "worker" });
    }
    const config = readConfig({ PORT: "0", VINCULO_HOME: scratchFolder("leaks") });
    running = await run({ config, db, logger: pino({ level: "silent" }), webRoot: null, strict: true });
    for (const login of ["rm.north", "admin.north", "auditor.north"]) cookies[login] = await signInAs(login);
    for (const endpoint of endpoints.filter(({ access }) => access !== "public")) {
      const answer = await ask(endpoint, {}, null);
      expect([answer.status, answer.code], endpoint.name).toEqual([401, "not_signed_in"]);
    }
  });

  test("the question who is signed in is answered with nobody, without a cookie and with a made-up one", async () => {
    for (const cookie of ["", "__Host-vinculo=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"]) {
      const answer = await fetch(url("/api/session"), { headers: { cookie } });
      expect([answer.status, await answer.json()]).toEqual([200, null]);
    }
  });

  test("refuses whoever lacks its permission, before it looks at the input", async () => {
    for (const login of ["rm.north", "admin.north", "auditor.north"]) {
      const held = new Set(await permissionsOf(login));
      for (const endpoint of endpoints) {
        if (endpoint.access === "public" || endpoint.access === "signed_in" || held.has(endpoint.access)) continue;
        const answer = await ask(endpoint, {}, login);
        expect([answer.status, answer.code], `${login} ${endpoint.name}`).toEqual([403, "not_allowed"]);
      }
    }
  });

  test("that a relationship manager may call has an example here", async () => {
    const held = new Set(["public", "signed_in", ...(await permissionsOf("rm.north"))]);
    const callable = endpoints.filter(({ access }) => held.has(access));
    expect(callable.map(({ name }) => name).filter((name) => examples[name] === undefined)).toEqual([]);
  });

  test.for([
    ["AC-01", "hidden"],
    ["AC-20", "sealed"],
  ] as const)(
    "%s: answers about a %s customer as about one that does not exist, and gives nothing of it away",
    {
      timeout: 120_000,
    },
    async ([, who]) => {
      const nobody = { customerId: crypto.randomUUID(), partyId: crypto.randomUUID(), holdingId: crypto.randomUUID(), fullName: "" };
      const before = await fingerprint();
      for (const endpoint of endpoints) {
        if (endpoint.name === "updatePreferences") continue;
        const about = (customer: GivenCustomer) => examples[endpoint.name]?.(customer, world) ?? [];
        const [hidden, missing] = [about(world[who]), about(nobody)];
        for (const [place, call] of hidden.entries()) {
          const [one, other] = [await ask(endpoint, call, "rm.north"), await ask(endpoint, missing[place] ?? {}, "rm.north")];
          expect(one.text, `${endpoint.name} ${place}`).toEqual(other.text);
          for (const trace of traces) expect(one.text.toLowerCase(), `${endpoint.name} ${place}`).not.toContain(trace);
        }
      }
      expect(await fingerprint()).toEqual(before);
    },
  );

  test("AC-16: the trail of all these calls holds no customer's value, no password and no token, and every refusal", async ({ admin }) => {
    const { rows } = await sql<{ row: string; action: string; ip: string | null }>`
      select lower(e::text) as row, action, host(ip_address) as ip from governance.audit_event e`.execute(admin);
    const secrets = [password, ...Object.values(cookies).map((cookie) => cookie.split("=")[1] ?? "")].map((secret) => secret.toLowerCase());
    for (const { row } of rows) for (const trace of [...traces, ...secrets]) expect(row).not.toContain(trace);
    const refused = rows.filter(({ action }) => action === "access.refused");
    expect(refused.length).toBeGreaterThan(20);
    expect(refused.every(({ ip }) => ip === "127.0.0.1")).toBe(true);
  });

  test("serves the seen customer to the same person", async () => {
    for (const name of ["viewCustomer", "readSourceRecord", "listTransactions", "totalTransactions", "readBalanceSeries"]) {
      const endpoint = endpoints.find((candidate) => candidate.name === name) as Endpoint;
      for (const call of examples[name]?.(world.seen, world) ?? []) expect((await ask(endpoint, call, "rm.north")).status, name).toBe(200);
    }
  });

  const url = (path: string) => `${running.address}${path}`;

  async function signInAs(login: string): Promise<string> {
    const headers = { "content-type": "application/json", origin: running.address };
    const answer = await fetch(url("/api/session"), { method: "POST", headers, body: JSON.stringify({ login, password }) });
    expect(answer.status).toBe(200);
    return (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  }

  async function permissionsOf(login: string): Promise<string[]> {
    const answer = await fetch(url("/api/session"), { headers: { cookie: cookies[login] ?? "" } });
    return ((await answer.json()) as { permissions: string[] }).permissions;
  }

  async function ask(endpoint: Endpoint, call: Call, login: string | null) {
    const path = endpoint.path.replaceAll(/:(\w+)/g, (_, name: string) => call.params?.[name] ?? crypto.randomUUID());
    const asked = Object.keys(call.query ?? {}).some((key) => endpoint.personalQuery?.includes(key));
    const query = asked ? "" : new URLSearchParams(call.query).toString();
    const sent = asked ? call.query : call.body;
    const headers: Record<string, string> = { origin: running.address, ...(login === null ? {} : { cookie: cookies[login] ?? "" }) };
    if (endpoint.idempotent) headers["idempotency-key"] = crypto.randomUUID();
    if (endpoint.bodyKind === "upload") headers["content-type"] = "application/octet-stream";
    else if (sent !== undefined) headers["content-type"] = "application/json";
    const init = { method: asked ? "POST" : endpoint.method, headers, body: sent === undefined ? null : JSON.stringify(sent) };
    const answer = await fetch(url(asked ? `${path}/ask` : query === "" ? path : `${path}?${query}`), init);
    const text = (await answer.text()).replaceAll(/"(requestId|actionHash)":"[^"]*"/g, "");
    return { status: answer.status, code: /"code":"([a-z_]+)"/.exec(text)?.[1] ?? null, text };
  }

  /** Everything but what every request writes: the trail, sessions, failed sign-ins. */
  async function fingerprint(): Promise<unknown> {
    const operator = await operatorCaller(database);
    const { rows } = await inTransaction(
      database,
      operator,
      (tx) =>
        sql`select (select count(*) from customers.customer)::int as customers, (select md5(string_agg(c::text, '' order by customer_id)) from customers.customer c) as rows,
        (select md5(string_agg(u::text, '' order by user_id)) from governance.app_user u) as people, (select count(*) from customers.load)::int as loads`.execute(
          tx,
        ),
      { role: "worker" },
    );
    return rows;
  }
});
