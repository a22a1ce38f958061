import { bringConsents, hasConsents, listFirstRecords, type SaidConsent } from "../customers/consents/index.ts";
import { operatorCaller } from "../governance/access/index.ts";
import { systemClock } from "../platform/clock/index.ts";
import { type Db, inTransaction } from "../platform/db/index.ts";
import { seededRandom } from "../platform/random/index.ts";

const SLICE_RECORDS = 5_000;
const RECORDS_MAX = 100_000;
const SEED = 7;

type Locale = NonNullable<SaidConsent["text"]>["locale"];
const locales: readonly string[] = ["en", "ar", "fa", "zh", "es"] satisfies Locale[];

/**
 * On a demo bank where nobody said anything: what its people said of being told about products, so that there is somebody to tell. Six of ten agreed, some of
 * them only by phone; a few took it back, objected, or object to profiling; the others were never asked.
 */
export async function completeDemoConsents(db: Db): Promise<void> {
  const operator = await operatorCaller(db);
  await inTransaction(
    db,
    operator,
    async (tx) => {
      if (await hasConsents(tx)) return;
      const records = await listFirstRecords(tx, RECORDS_MAX);
      const random = seededRandom(SEED);
      const said = records.flatMap(({ partyId, language }) => saidBy(partyId, language, random, systemClock.now()));
      for (let from = 0; from < said.length; from += SLICE_RECORDS)
        await bringConsents(tx, operator, systemClock, said.slice(from, from + SLICE_RECORDS));
    },
    { role: "worker" },
  );
}

function saidBy(partyId: string, language: string | null, random: () => number, now: Date): SaidConsent[] {
  const [drawn, age] = [random(), random()];
  const at = (share: number) => new Date(now.getTime() - (30 + share * age * 700) * 86_400_000).toISOString();
  const locale = (locales.includes(language ?? "") ? language : "en") as Locale;
  const marketing = { partyId, purpose: "marketing", obtainedBy: "branch" } as const;
  const given = {
    ...marketing,
    channel: drawn < 0.1 ? "phone" : "any",
    act: "given",
    text: { version: 1, locale },
    happenedAt: at(1),
  } as const;
  if (drawn < 0.6) return [given];
  if (drawn < 0.64) return [given, { ...marketing, channel: "any", act: "withdrawn", happenedAt: at(0.5) }];
  if (drawn < 0.67) return [{ ...marketing, channel: "any", act: "objected", happenedAt: at(1) }];
  if (drawn < 0.69) return [{ partyId, purpose: "profiling", channel: "any", act: "objected", obtainedBy: "letter", happenedAt: at(1) }];
  return [];
}
