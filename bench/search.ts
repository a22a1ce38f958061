import { openIdentifiers } from "../server/customers/identifiers/index.ts";
import { sql, type Tx } from "../server/platform/db/index.ts";
import { type AsOperator, type Case, people, type Sample } from "./requests.ts";

const PER_SECOND = 20;
const TEXTS_MAX = 200;
const goal = { share: 0.95, ms: 50 } as const;
const scripts = { en: "Latin", es: "Spanish", ar: "Arabic", fa: "Persian", zh: "Chinese" } as const;

/** Names by part in each script, the most common ones by themselves, and every kind of number. */
export async function searchCases(sample: Sample, asOperator: AsOperator): Promise<Case[]> {
  const texts: [string, readonly string[]][] = [];
  for (const [language, script] of Object.entries(scripts)) {
    texts.push([`name, ${script}, the most common`, await commonNames(sample, language)]);
    texts.push([
      `name, ${script}, given and family`,
      await column(sample, sql`given_name || ' ' || family_name`, sql`language = ${language}`),
    ]);
  }
  texts.push(["name, first three letters", await column(sample, sql`left(given_name, 3)`, sql`language in ('en', 'es', 'ar', 'fa')`)]);
  texts.push(["name, two letters", await column(sample, sql`left(given_name, 2)`, sql`language in ('en', 'es')`)]);
  texts.push(["phone", await column(sample, sql`phone`, sql`true`)]);
  texts.push(["phone, its beginning", await column(sample, sql`left(phone, 8)`, sql`true`)]);
  texts.push(["customer number", await column(sample, sql`customer_no`, sql`true`)]);
  texts.push(["national id", await asOperator(nationalIds)]);
  texts.push([
    "account number",
    await values(sample, sql`select number as text from customers.holding where number is not null and class <> 'service'`),
  ]);
  return [people.branch, people.headOffice].flatMap((login) =>
    texts.map(([what, asked]) => ({
      work: `search: ${what}`,
      login,
      wishes: asked.map((text) => `/api/customers/search?text=${encodeURIComponent(text)}`),
      perSecond: PER_SECOND,
      goal,
    })),
  );
}

async function commonNames(sample: Sample, language: string): Promise<string[]> {
  const rows = await sample(sql<{ text: string }>`
    (select given_name as text from customers.customer where language = ${language} and kind = 'person' and given_name is not null group by 1 order by count(*) desc limit 3)
    union (select family_name from customers.customer where language = ${language} and kind = 'person' and family_name is not null group by 1 order by count(*) desc limit 3)`);
  return rows.map(({ text }) => text);
}

async function column(sample: Sample, expression: ReturnType<typeof sql>, where: ReturnType<typeof sql>): Promise<string[]> {
  return values(sample, sql`select ${expression} as text, customer_id from customers.customer where kind = 'person' and ${where}`);
}

/** Of the rows the bank was filled with: those that grew from them are copies, which do not open. */
async function nationalIds(tx: Tx): Promise<string[]> {
  const { open } = await openIdentifiers(tx);
  const { rows } = await sql<{ id: string; sealed: Buffer }>`
    select identifier_id as id, sealed_value as sealed from customers.identifier where scheme = 'national_id' order by md5(identifier_id::text) limit 20000`.execute(
    tx,
  );
  const opened = rows.flatMap(({ id, sealed }) => {
    try {
      return [open(id, sealed)];
    } catch {
      return [];
    }
  });
  return opened.slice(0, TEXTS_MAX);
}

async function values(sample: Sample, query: ReturnType<typeof sql>): Promise<string[]> {
  const rows = await sample(sql<{ text: string }>`
    select text from (${query}) given where length(trim(text)) > 1 order by md5(given::text) limit ${TEXTS_MAX}`);
  return rows.map(({ text }) => text.trim());
}
