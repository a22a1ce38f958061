import { describe, expect, test } from "vitest";
import { isBefore } from "./advisories.ts";
import { casesOutOfStep } from "./attack-cases.ts";
import { codeFromText } from "./code-from-text.ts";
import { pathsOfTree } from "./folder-map.ts";
import { sidedLayout } from "./layout.ts";
import { licenceAllowed } from "./lockfile.ts";
import { keyExists, usedKeys } from "./message-keys.ts";
import { keysNeeded, translationFaults } from "./messages.ts";
import { rewrittenHistory } from "./migrations.ts";
import { columnsOfSchema, unclassified } from "./personal-data.ts";
import { strayReads } from "./reads-through-views.ts";
import { strayWrites } from "./writes-stay-home.ts";

describe("reads go through what is published", () => {
  const strays = (text: string, file = "server/intelligence/profit/store.ts") => strayReads(file, text).length;

  test("published views and functions may be read, and an area's own tables", () => {
    const text =
      "from customers.published_party p join customers.payment using (party_id) cross join customers.not_profiled() join intelligence.segment s on true";
    expect(strays(text)).toBe(0);
    expect(strays("select 1 from customers.party", "server/customers/holdings/store.ts")).toBe(0);
  });

  test.each([
    ["select 1 from customers.party p"],
    ["join\n  customers.customer using (customer_id)"],
    ["delete from x using customers.holding h"],
  ])("%s is found", (text) => expect(strays(text)).toBe(1));
});

describe("writes stay home", () => {
  const strays = (text: string, file = "server/sales/leads/store.ts") => strayWrites(file, text).length;

  test("a store may write its own schema, in SQL and in Kysely", () => {
    expect(strays('sql`INSERT INTO sales.lead (id) VALUES (1)`; tx.updateTable("sales.lead"); sql`delete from sales.lead`')).toBe(0);
  });

  test.each([
    ["insert into customers.party (party_id) values ($1)"],
    ["insert\n  into customers.party select 1"],
    ["update customers.party set kind = 'person'"],
    ["update only customers.party set kind = 'person'"],
    ["delete from customers.party"],
    ["truncate customers.party"],
    ["merge into customers.party p using x on true"],
    ["copy customers.party from stdin"],
    ['tx.insertInto("customers.party")'],
    ['tx.deleteFrom("customers.party as p")'],
    ["insert into party values (1)"],
    ["insert into $" + "{table} values (1)"],
  ])("a store may not: %s", (text) => {
    expect(strays(text)).toBe(1);
  });

  test("locking, conflict clauses, reads and comments are no writes", () => {
    const text = `// insert into customers.party
      select 1 from customers.party for update skip locked; select 1 from x for update of x;
      insert into sales.lead values (1) on conflict (id) do update set name = 'x'`;
    expect(strays(text)).toBe(0);
  });

  test("a temporary table of the same file is nobody's, a table of the same name elsewhere is not", () => {
    expect(
      strays("create temporary table if not exists pair on commit drop as select 1; insert into pair values (1); update pair set x = 1"),
    ).toBe(0);
    expect(strays("create temp table pair (x int); insert into customers.pair values (1)")).toBe(1);
  });

  test("staging belongs to customers/intake alone", () => {
    expect(strays("copy staging.row from stdin", "server/customers/intake/store.ts")).toBe(0);
    expect(strays("copy staging.row from stdin", "server/customers/profiles/store.ts")).toBe(1);
  });
});

describe("the map of personal data", () => {
  const schema =
    "\ncreate table sales.lead (\n  lead_id uuid not null,\n  name text,\n  class text generated always as (\nCASE\n    WHEN x THEN 1\nEND) stored,\n  constraint lead_pkey PRIMARY KEY (lead_id)\n) partition by RANGE (lead_id);\n\ncreate table sales.lead_2026 partition of sales.lead;\n";
  const map = (identity: string) => ({
    "sales.lead": { subject: null, purpose: "operation", retention: "kept", technical: "lead_id class", identity } as const,
  });

  test("columns are read from the schema; constraints, expressions and partitions are none", () => {
    expect(columnsOfSchema(schema)).toEqual(["sales.lead.lead_id", "sales.lead.name", "sales.lead.class"]);
    expect(unclassified(schema, [map("name")])).toEqual([]);
  });

  test.each([
    ["a column without a class", "", "sales.lead: no class for name:"],
    ["a class without a column", "name nickname", "sales.lead.nickname has a class, and is no column"],
    ["a column with two classes", "name class", "sales.lead.class has two classes"],
  ])("%s is found", (_, identity, fault) => {
    expect(unclassified(schema, [map(identity)]).join()).toContain(fault);
  });

  test("a table nobody names is found with all its columns", () => {
    expect(unclassified(schema, [])).toEqual([expect.stringContaining("no class for lead_id, name, class:")]);
  });
});

describe("migrations", () => {
  test("a new migration at the end is welcome", () => {
    expect(rewrittenHistory({ "0001_a.sql": "x" }, { "0001_a.sql": "x", "0002_b.sql": "y" })).toEqual([]);
  });

  test("a changed, a removed and an inserted one are each found", () => {
    expect(rewrittenHistory({ "0001_a.sql": "x", "0003_c.sql": "z" }, { "0001_a.sql": "changed", "0002_b.sql": "y" })).toHaveLength(3);
  });
});

describe("messages", () => {
  const english = new Map([
    ["title", "Customers of {{branch}}"],
    ["found_one", "{{count}} customer"],
    ["found_other", "{{count}} customers"],
  ]);

  test("Arabic counts in six forms, Spanish in three, Chinese in one", () => {
    const forms = (locale: string) => [...keysNeeded(english, locale)].filter((key) => key.startsWith("found_")).length;
    expect([forms("ar"), forms("es"), forms("zh")]).toEqual([6, 3, 1]);
  });

  test("a translation that says the same is without fault", () => {
    const chinese = new Map([
      ["title", "{{branch}}的客户"],
      ["found_other", "{{count, number}}位客户"],
    ]);
    expect(translationFaults("zh", english, chinese)).toEqual([]);
  });

  test("a missing, an empty, an unknown message and a lost placeholder are each found", () => {
    const chinese = new Map([
      ["title", "客户"],
      ["found_other", " "],
      ["found_one", "{{count}}位客户"],
      ["extra", "多余"],
    ]);
    const faults = translationFaults("zh", new Map([...english, ["missing", "Missing"]]), chinese).join("\n");
    for (const said of [
      "missing is missing",
      "found_other is empty",
      "found_one is not wanted",
      "extra is not wanted",
      "title has the placeholders",
    ]) {
      expect(faults).toContain(said);
    }
  });

  test.each([
    ['useTranslation("customers"); t("title")', true],
    ['useTranslation("customers"); t("titel")', false],
    ['t("customers:title")', true],
    ['t("title")', false],
    ['useTranslation(["app", "customers"]); t("found", { count: 3 })', true],
    ['t("title", { ns: "customers" })', true],
    ['useTranslation("customers"); i18n.t(wide ? "title" : "short")', false],
    ['useTranslation("customers"); t(`kinds.$' + "{kind}`)", true],
    ['useTranslation("customers"); t(`kind.$' + "{kind}`)", false],
    ['useTranslation("customers"); <Trans i18nKey="nothing" />', false],
  ])("%s asks for what is there: %s", (text, exists) => {
    const messages = new Map([["customers", new Map([...english, ["kinds.person", "Person"]])]]);
    expect(usedKeys("page.tsx", text).every((used) => keyExists(used, messages))).toBe(exists);
  });
});

describe("layout", () => {
  test.each([
    ["<Group ml={4} />"],
    ['<Text ta="right" />'],
    ["<div style={{ marginLeft: 4 }} />"],
    ["<div style={{ left: 0 }} />"],
    ['const cell = { textAlign: "left" };'],
  ])("%s names a side of the page", (text) => {
    expect(sidedLayout("page.tsx", text)).toHaveLength(1);
  });

  test.each([
    ["<Group ms={4} />"],
    ["<AreaChart margin={{ left: 4, right: 4 }} />"],
    ['<Button leftSection="x" />'],
    ["const pair = { left, right: 2 };"],
  ])("%s does not", (text) => {
    expect(sidedLayout("page.tsx", text)).toEqual([]);
  });

  test("style sheets are read too, comments are not", () => {
    const css =
      "a { margin-left: 1px; text-align: right }\n/* margin-left: 1px */\nb { inset-inline-start: 0; --left: 1; }\nc {\n  left: 0;\n}";
    expect(sidedLayout("a.css", css).map((fault) => fault.split(": ")[0])).toEqual(["a.css:1", "a.css:1", "a.css:5"]);
  });
});

test("a folder map is read by its indentation, with the folders named in remarks", () => {
  const lines = [
    "vinculo/",
    "├── server/        the product",
    "│   ├── customers/  KNOW  intake/ identity/",
    "│   └── main/",
    "├── web/",
    "└── README.md",
  ];
  expect(pathsOfTree(lines)).toEqual([
    "server/",
    "server/customers/",
    "server/customers/intake/",
    "server/customers/identity/",
    "server/main/",
    "web/",
    "README.md",
  ]);
});

test.each([
  ["MIT", true],
  ["(MIT OR CC0-1.0)", true],
  ["GPL-3.0-only OR MIT", true],
  ["MIT AND ISC", true],
  ["MIT AND GPL-3.0-only", false],
  ["AGPL-3.0-only", false],
  ["SEE LICENSE IN LICENSE.md", false],
])("the licence %s is allowed: %s", (expression, allowed) => {
  expect(licenceAllowed(expression)).toBe(allowed);
});

describe("advisories", () => {
  test("a version before the mending one is refused, that one and later ones are not", () => {
    const found = ["1.2.3", "2.0.0-beta.1", "2.0.0", "2.0.1", "10.0.0"].map((version) => isBefore(version, "2.0.0"));
    expect(found).toEqual([true, true, false, false, false]);
  });
});

describe("AC-50: code from text", () => {
  test.each([
    ['eval("1")'],
    ['new Function("a", "return a")'],
    ['import vm from "node:vm"'],
    ['import { exec } from "node:child_process"'],
    ["await import(name)"],
    ["require(name)"],
  ])("%s is refused", (text) => {
    expect(codeFromText("server/sales/leads/store.ts", text)).toHaveLength(1);
  });

  test("words of it in a comment, an import by name and a method of that name are not", () => {
    const text = '// eval(x) is refused\nconst { a } = await import("./a.ts");\nrule.evaluate(x); isFunction(y);';
    expect(codeFromText("server/sales/leads/store.ts", text)).toEqual([]);
  });
});

describe("attack cases", () => {
  const page = (status: string) =>
    Array.from(
      { length: 66 },
      (_, place) => `| AC-${String(place + 1).padStart(2, "0")} | what | ${place === 0 ? status : "waits"} | where |`,
    ).join("\n");

  test("a case called tested without a test, a tested one that is said to wait, and one that is left out are faults", () => {
    expect(casesOutOfStep(page("tested"), new Set())).toHaveLength(1);
    expect(casesOutOfStep(page("tested"), new Set(["AC-01"]))).toEqual([]);
    expect(casesOutOfStep(page("waits"), new Set(["AC-01"]))).toHaveLength(1);
    expect(casesOutOfStep("", new Set())).toHaveLength(66);
  });
});
