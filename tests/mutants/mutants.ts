/** One check taken out, and the test that must go red without it. */
export interface Mutant {
  readonly name: string;
  /** A migration that comes after all others. */
  readonly sql?: string;
  /** A place in the source: `take` must be there exactly once. */
  readonly source?: { readonly file: string; readonly take: string; readonly put: string };
  readonly project: "unit" | "database";
  readonly test: string;
}

export const mutants: readonly Mutant[] = [
  {
    name: "a customer is in everybody's scope",
    sql: "alter policy in_scope on customers.customer using (true);",
    project: "database",
    test: "tests/leaks/visibility.test.ts",
  },
  {
    name: "sealed customers are shown",
    sql: "alter policy sealed on customers.customer using (true);",
    project: "database",
    test: "tests/leaks/sealed.test.ts",
  },
  {
    name: "a holding is in everybody's scope",
    sql: "alter policy through_role on customers.holding using (true);",
    project: "database",
    test: "tests/leaks/visibility.test.ts",
  },
  {
    name: "an unsigned request context is believed",
    sql: `do $$ begin execute replace(pg_get_functiondef('platform.context()'::regprocedure), 'if not exists (', 'if false and not exists ('); end $$;`,
    project: "database",
    test: "server/governance/access/access.test.ts",
  },
  {
    name: "a context of another connection is believed",
    sql: `do $$ begin execute replace(pg_get_functiondef('platform.context()'::regprocedure), 'is distinct from pg_backend_pid()', 'is null'); end $$;`,
    project: "database",
    test: "server/platform/db/transaction.test.ts",
  },
  {
    name: "what a person may do is kept although it changed",
    sql: "drop trigger standings_forgotten on governance.delegation;",
    project: "database",
    test: "server/governance/access/standing.test.ts",
  },
  {
    name: "the trail can be changed",
    sql: "create or replace function governance.audit_is_append_only() returns trigger language plpgsql as $$ begin return coalesce(new, old); end $$;",
    project: "database",
    test: "server/governance/audit",
  },
  {
    name: "a sealed value opens in any row",
    source: {
      file: "server/platform/encryption/envelope.ts",
      take: "({ column, rowId }: Place, keyNo: number) =>",
      put: '({ column }: Place, keyNo: number, rowId = "") =>',
    },
    project: "unit",
    test: "server/platform/encryption/envelope.test.ts",
  },
  {
    name: "a key serves for ever without its provider",
    source: {
      file: "server/platform/encryption/key-ring.ts",
      take: "known !== undefined && nowMs() < known.untilMs",
      put: "known !== undefined",
    },
    project: "database",
    test: "server/platform/encryption/key-ring.test.ts",
  },
  {
    name: "a delivered row keeps the numbers of documents",
    source: { file: "server/customers/intake/chunk-frame.ts", take: 'keptRaw: plan.keptRaw("s")', put: 'keptRaw: plan.raw("s")' },
    project: "database",
    test: "tests/leaks/encryption.test.ts",
  },
  {
    name: "rows that leave are not counted",
    sql: "create or replace function governance.spend_rows() returns trigger language plpgsql as $$ begin return new; end $$;",
    project: "database",
    test: "tests/leaks/egress.test.ts",
  },
  {
    name: "duties that are kept apart are granted together",
    sql: "create or replace function governance.keep_granted_duties_apart() returns trigger language plpgsql as $$ begin return new; end $$;",
    project: "database",
    test: "server/governance/roles/roles.test.ts",
  },
  {
    name: "a verb does not ask for its permission",
    source: {
      file: "server/governance/permissions/permit.ts",
      take: "if (!caller.permissions.has(permission))",
      put: "if (permission === undefined)",
    },
    project: "database",
    test: "server/governance",
  },
  {
    name: "a weighty act needs no proof",
    source: {
      file: "server/governance/access/step-up.ts",
      take: "  const { action, subjectIds } = act;\n  const methods",
      put: "  if (act !== undefined) return;\n  const { action, subjectIds } = act;\n  const methods",
    },
    project: "database",
    test: "server/governance/access/step-up.test.ts",
  },
  {
    name: "a request from another origin is served",
    source: {
      file: "server/platform/http/security.ts",
      take: 'if (request.method === "GET" || request.method === "HEAD" || isFromProgram(request)) return;',
      put: "if (request !== undefined) return;",
    },
    project: "database",
    test: "server/platform/http/server.test.ts",
  },
  {
    name: "a second spelling of a path is a path",
    source: { file: "server/platform/http/security.ts", take: "return !/%(?![0-9a-fA-F]{2})/.test(path);", put: "return true;" },
    project: "database",
    test: "server/platform/http/pages.test.ts",
  },
  {
    name: "__proto__ is a key like any other",
    source: { file: "server/platform/http/strict-json.ts", take: '["__proto__", "constructor", "prototype"]', put: '["\\u0000"]' },
    project: "unit",
    test: "server/platform/http/strict-json.test.ts",
  },
  {
    name: "a formula in a cell stays one",
    source: { file: "server/platform/files/safe-cell.ts", take: "dangerous.test(text) ?", put: 'dangerous.test("") ?' },
    project: "unit",
    test: "server/platform/files/write-table.test.ts",
  },
  {
    name: "card numbers are kept in texts",
    source: {
      file: "server/platform/http/answer.ts",
      take: 'const isKept = endpoint.method !== "GET" && endpoint.access !== "public";',
      put: "const isKept = false;",
    },
    project: "database",
    test: "server/platform/http/card-numbers.test.ts",
  },
  {
    name: "card numbers are kept in what a load brings",
    source: {
      file: "server/customers/intake/reading/copy-sink.ts",
      take: "mayHoldCard(this.out, cellsFrom, end, this.cardActs) ?",
      put: "cellsFrom < 0 ?",
    },
    project: "database",
    test: "server/customers/intake/card-numbers.test.ts",
  },
  {
    name: "a list asks about a segment that is not there",
    source: { file: "server/customers/directory/list-customers.ts", take: "await checkGroups(tx, request.filter);", put: "" },
    project: "database",
    test: "tests/leaks/gone-segments.test.ts",
  },
  {
    name: "what is personal is taken from an address",
    source: { file: "server/platform/http/answer.ts", take: "else requireImpersonal(endpoint, request.query);", put: "" },
    project: "database",
    test: "server/platform/http/personal-query.test.ts",
  },
  {
    name: "sessions of others end without a proof",
    source: {
      file: "server/governance/access/sessions.ts",
      take: 'await requireStepUp(tx, caller, clock, { action: "session.killed", subjectIds: [userId] });',
      put: "",
    },
    project: "database",
    test: "server/governance/access/sessions.test.ts",
  },
  {
    name: "an API key comes into force without an approval",
    sql: `do $$ begin execute replace(pg_get_functiondef('governance.activate_key(uuid, timestamptz)'::regprocedure), 'if not governance.approved_here', 'if false and not governance.approved_here'); end $$;`,
    project: "database",
    test: "tests/leaks/keys.test.ts",
  },
  {
    name: "a run of retention takes what is held",
    source: {
      file: "server/customers/retention/sweep-store.ts",
      take: "sql<boolean>`t.party_id not in (",
      put: "sql<boolean>`t.party_id is not null or t.party_id not in (",
    },
    project: "database",
    test: "tests/leaks/retention.test.ts",
  },
];
