import { sql } from "../../platform/db/index.ts";
import { type ProfitParameters, profitProducts } from "../value/contract.ts";
import { minorWorth, type ProfitPart, profitParts, transferRate } from "../value/index.ts";
import type { Version } from "./rules.ts";

const TERM_MONTHS_MAX = 600;

/** Versions of parameters as the rows that months are priced with. */
export interface RateCard {
  /** Which version holds for which month. */
  readonly months: readonly { readonly month: string; readonly version: number }[];
  /** JSON of one row a version, product and currency. */
  readonly figures: string;
  /** JSON of the transfer prices of a version and currency by term, 0 to 600 months. */
  readonly curves: string;
}

/** `inForce` names the version of each month. */
export function rateCard(inForce: readonly { readonly month: string; readonly version: Version<ProfitParameters> }[]): RateCard {
  const versions = [...new Map(inForce.map(({ version }) => [version.versionNo, version])).values()];
  const currencies = (body: ProfitParameters) => Object.keys(body.exchangeRates);
  return {
    months: inForce.map(({ month, version }) => ({ month, version: version.versionNo })),
    figures: JSON.stringify(
      versions.flatMap(({ versionNo, body }) =>
        currencies(body).flatMap((currency) => profitProducts.map((product) => figuresOf(versionNo, body, product, currency))),
      ),
    ),
    curves: JSON.stringify(
      versions.flatMap(({ versionNo, body }) =>
        currencies(body).map((currency) => ({
          version: versionNo,
          currency,
          prices: Array.from({ length: TERM_MONTHS_MAX + 1 }, (_, months) => transferRate(body, currency, months)),
        })),
      ),
    ),
  };
}

function figuresOf(version: number, body: ProfitParameters, product: (typeof profitProducts)[number], currency: string) {
  const loss = body.losses[product];
  const isKept = product === "investment";
  return {
    ...{
      version,
      product,
      currency,
      worth: minorWorth(currency, body),
      term: body.terms[product] ?? 0,
      lending: body.lendingMargins[product] ?? 0,
    },
    ...{ deposits: isKept ? 0 : 1, custody: isKept ? body.custodyRate : 0, commission: body.commissionsMinor[product] ?? 0 },
    ...{ interchange: body.interchangeRate, exchange: body.exchangeMarginRate, keeping: body.keepingCostsMinor[product] ?? 0 },
    ...{ unit_costs: body.unitCostsMinor, other_cost: body.unitCostsMinor["other"] ?? 0, undrawn: body.undrawnShare },
    ...{ pd: loss?.defaultProbability ?? 0, arrears_pd: body.arrearsProbability, lgd: loss?.lossGivenDefault ?? 0 },
    ...{ weight: body.riskWeights[product] ?? 0, ratio: body.capitalRatio, hurdle: body.hurdleRate },
    ...{ acquisition: body.acquisitionCostsMinor[product] ?? 0, acquisition_months: body.acquisitionMonths },
  };
}

/** The card as `card_month`, `card` and `curve`, for `with`. */
export const cardRows = ({ months, figures, curves }: RateCard) => sql`
  card_month as materialized (
    select month, version from json_to_recordset(${JSON.stringify(months)}::json) as x (month date, version int)
  ), card as materialized (
    select * from json_to_recordset(${figures}::json) as x (version int, product text, currency char(3), worth float8, term int, lending float8, deposits float8,
      custody float8, commission bigint, interchange float8, exchange float8, keeping bigint, unit_costs jsonb, other_cost bigint, undrawn float8, pd float8,
      arrears_pd float8, lgd float8, weight float8, ratio float8, hurdle float8, acquisition float8, acquisition_months int)
  ), curve as materialized (
    select version, currency, array(select v::float8 from jsonb_array_elements_text(prices) v) as prices
    from json_to_recordset(${curves}::json) as x (version int, currency char(3), prices jsonb)
  )`;

// Operation by operation what holdingMonthProfit (value/profit.ts) does; a test holds the two against each other. round() of double precision takes
// halves to the even neighbour, as roundMinor does.
const formulas: Readonly<Record<ProfitPart, string>> = {
  asset_margin: "round(m.asset_minor::float8 * coalesce(m.customer_rate - p.price, k.lending) / 12 * k.worth)",
  deposit_margin: "round(m.deposit_minor::float8 * (p.price - coalesce(m.customer_rate, 0)) / 12 * k.worth) * k.deposits",
  fees: "round(m.fees_minor::float8 * k.worth) + round(m.deposit_minor::float8 * k.custody / 12 * k.worth) + k.commission",
  interchange: "round(m.card_spend_minor::float8 * k.interchange * k.worth)",
  exchange_margin: "round(m.exchange_minor::float8 * k.exchange * k.worth)",
  activity_cost: `-k.keeping - case when m.activities = '{}' then 0 else coalesce((select sum(a.value::bigint * coalesce((k.unit_costs ->> a.key)::bigint, k.other_cost)) from jsonb_each_text(m.activities) a), 0) end`,
  expected_loss:
    "round(-(m.asset_minor::float8 + m.undrawn_minor::float8 * k.undrawn) * case when m.in_arrears then k.arrears_pd else k.pd end * k.lgd / 12 * k.worth)",
  acquisition_cost: "case when m.months_open < k.acquisition_months then round(-k.acquisition / k.acquisition_months) else 0 end",
  capital_charge: "round(-(m.asset_minor::float8 + m.undrawn_minor::float8 * k.undrawn) * k.weight * k.ratio * k.hurdle / 12 * k.worth)",
};

/** The nine parts of the rows `m`, joined by `priced`. A currency without a rate earns and costs nothing. */
export const partColumns = sql.raw(profitParts.map((part) => `coalesce(${formulas[part]}, 0)::bigint as ${part}`).join(",\n    "));

/** Joins the card to months `m` (columns of intelligence.holding_profit). */
export const priced = sql`
  join card_month d on d.month = m.month
  left join card k on k.version = d.version and k.product = m.product and k.currency = m.currency
  left join curve c on c.version = d.version and c.currency = m.currency
  left join lateral (select c.prices[least(greatest(coalesce(m.term_months, k.term), 0), ${sql.lit(TERM_MONTHS_MAX)}) + 1] as price) p on true`;

export const partNames = sql.raw(profitParts.join(", "));
