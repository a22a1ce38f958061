import { expect } from "vitest";
import { changeBasis, changeBasisAct } from "../../server/customers/consents/change-basis.ts";
import { mayContact } from "../../server/customers/consents/index.ts";
import { publishText, publishTextAct } from "../../server/customers/consents/publish-text.ts";
import { listPurposes, listTextVersions } from "../../server/customers/consents/purposes.ts";
import { listConsentTexts } from "../../server/customers/consents/read-consents.ts";
import { recordConsent } from "../../server/customers/consents/record-consent.ts";
import { decideApproval } from "../../server/governance/approvals/decide-approval.ts";
import { actsOf } from "../../server/governance/approvals/index.ts";
import { readApproval } from "../../server/governance/approvals/read-approvals.ts";
import type { Caller } from "../../server/platform/caller/index.ts";
import { sql, type Tx } from "../../server/platform/db/index.ts";
import { test } from "../support/database.ts";
import { bankUnit, givenCustomer, givenPerson, givenProof, givenSession } from "../support/given.ts";

const acts = actsOf([changeBasisAct, publishTextAct]);
const bodies = Object.fromEntries(["en", "ar", "fa", "zh", "es"].map((locale) => [locale, `Words to agree to, in ${locale}.`])) as {
  [locale in "en" | "ar" | "fa" | "zh" | "es"]: string;
};

const withSecond = test.extend("approve", ({ tx, as, clock }) => async (person: Caller, requestId: string | null, act: string) => {
  const who = await givenSession(tx, person);
  const id = requestId ?? "";
  const { hash } = await as(who, (own) => readApproval(own, who, acts, id));
  await givenProof(tx, who, { action: "approval.approved", subjectIds: [id], payload: { act, hash } });
  return as(who, (own) => decideApproval(own, who, clock, acts, { requestId: id, approve: true, note: "read both", hash }));
});

const wordsOf = (tx: Tx, version: number) =>
  sql<{ n: number }>`select count(*)::int as n from customers.consent_text where purpose = 'marketing' and version = ${version}`
    .execute(tx)
    .then(({ rows }) => rows[0]?.n);

withSecond(
  "new words are published when somebody else has read them, and who agreed before has agreed to the old",
  async ({ tx, as, clock, approve }) => {
    const [officer, other] = [
      await givenPerson(tx, "privacy_officer", await bankUnit(tx)),
      await givenPerson(tx, "compliance_officer", await bankUnit(tx)),
    ];
    const customer = await givenCustomer(tx);
    const said = {
      purpose: "marketing",
      channel: "email",
      act: "given",
      text: { version: 1, locale: "en" },
      obtainedBy: "branch",
    } as const;
    await as(officer, (own) => recordConsent(own, officer, clock, customer.customerId, { partyId: customer.partyId, ...said }));
    const wish = { purpose: "marketing" as const, version: 2, bodies, reason: "Clearer words" };
    const { state, requestId } = await as(officer, (own) => publishText(own, officer, clock, wish));
    expect([state, await wordsOf(tx, 2)]).toEqual(["waiting", 0]);
    await expect(approve(officer, requestId, "consent_text.published")).rejects.toMatchObject({ code: "invalid_state" });
    await approve(other, requestId, "consent_text.published");
    expect(
      (await as(officer, (own) => listConsentTexts(own, officer))).texts.filter(({ purpose }) => purpose === "marketing"),
    ).toMatchObject(Array(5).fill({ version: 2 }));
    expect((await as(officer, (own) => listTextVersions(own, officer, "marketing"))).versions.map(({ version }) => version)).toEqual([
      2, 1,
    ]);
    const { rows } = await sql<{
      version: number;
    }>`select text_version as version from customers.consent where party_id = ${customer.partyId}`.execute(tx);
    expect(rows).toEqual([{ version: 1 }]);
    await expect(as(officer, (own) => publishText(own, officer, clock, wish))).rejects.toMatchObject({ code: "conflict" });
  },
);

withSecond("on another basis other customers are reached, and marketing rests on no contract", async ({ tx, as, clock, approve }) => {
  const [officer, other] = [
    await givenPerson(tx, "privacy_officer", await bankUnit(tx)),
    await givenPerson(tx, "compliance_officer", await bankUnit(tx)),
  ];
  const { customerId } = await givenCustomer(tx);
  const reached = () =>
    as(officer, (own) => mayContact(own, { customerId, purpose: "research", channel: "email" })).then(({ allowed }) => allowed);
  const change = (lawfulBasis: "contract" | "legitimate_interest") =>
    as(officer, (own) =>
      changeBasis(own, officer, clock, { purpose: "research", lawfulBasis, version: 1, reason: "Balanced and written down" }),
    );
  await expect(change("contract")).rejects.toMatchObject({ code: "invalid_state" });
  const { requestId } = await change("legitimate_interest");
  expect(await reached()).toBe(false);
  await approve(other, requestId, "purpose.basis_changed");
  expect(await reached()).toBe(true);
  expect((await as(officer, (own) => listPurposes(own, officer))).purposes.find(({ purpose }) => purpose === "research")).toMatchObject({
    lawfulBasis: "legitimate_interest",
    version: 2,
    changedByName: expect.any(String),
  });
});

test("who does not look after privacy changes neither words nor bases, and nobody changes words that stand", async ({ tx, as }) => {
  const [adviser, officer] = [
    await givenPerson(tx, "relationship_manager", await bankUnit(tx)),
    await givenPerson(tx, "privacy_officer", await bankUnit(tx)),
  ];
  const insert = (who: Caller) =>
    as(who, (own) =>
      sql`insert into customers.consent_text (purpose, version, locale, body, published_by) values ('marketing', 9, 'en', ${bodies.en}, ${who.userId})`.execute(
        own,
      ),
    );
  await expect(insert(adviser)).rejects.toThrow(/row-level security/);
  const { numAffectedRows } = await as(adviser, (own) =>
    sql`update customers.contact_purpose set lawful_basis = 'legitimate_interest', changed_by = ${adviser.userId}`.execute(own),
  );
  expect(numAffectedRows).toBe(0n);
  await expect(as(officer, (own) => sql`update customers.consent_text set body = ${bodies.en}`.execute(own))).rejects.toThrow(
    /permission denied/,
  );
});
