import { sql, type Tx } from "../../platform/db/index.ts";

export interface Rate {
  readonly currency: string;
  readonly validFrom: string;
  readonly rate: number;
}

/** The rate of each currency in force on the day; the first there is where the day is before it. */
export async function readRates(tx: Tx, day: string): Promise<Rate[]> {
  const { rows } = await sql<Rate>`
    select distinct on (currency) currency::text, valid_from as "validFrom", rate from intelligence.exchange_rate
    order by currency, valid_from <= ${day}::date desc, case when valid_from <= ${day}::date then ${day}::date - valid_from else valid_from - ${day}::date end limit 400`.execute(
    tx,
  );
  return rows;
}

export async function insertRates(tx: Tx, rates: readonly Rate[], source: string, by: string): Promise<void> {
  await sql`
    insert into intelligence.exchange_rate (currency, valid_from, rate, source, recorded_by)
    select r.currency, r.valid_from, r.rate, ${source}, ${by}::uuid
    from unnest(${rates.map(({ currency }) => currency)}::text[], ${rates.map(({ validFrom }) => validFrom)}::date[], ${rates.map(({ rate }) => rate)}::float8[]) as r (currency, valid_from, rate)
    on conflict (currency, valid_from) do update set rate = excluded.rate, source = excluded.source, recorded_by = excluded.recorded_by, recorded_at = now()`.execute(
    tx,
  );
}

/** The currency most holdings are in: that of a bank that never said in which it reports. */
export async function readMainCurrency(tx: Tx): Promise<string | null> {
  const { rows } = await sql<{ currency: string }>`
    select currency::text from customers.published_holding group by currency order by count(*) desc, currency limit 1`.execute(tx);
  return rows[0]?.currency ?? null;
}
