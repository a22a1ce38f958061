import { record } from "../../../governance/audit/index.ts";
import { permit } from "../../../governance/permissions/index.ts";
import type { Caller } from "../../../platform/caller/index.ts";
import type { Tx } from "../../../platform/db/index.ts";
import { DomainError } from "../../../platform/errors/index.ts";
import { factCurrency } from "../../facts/index.ts";
import { servingReports } from "../../scores/index.ts";
import { CREDIT_MODEL } from "../credit-model.ts";
import { readPolicy } from "../policy/store.ts";
import type { PortfolioPart } from "./contract.ts";
import * as store from "./store.ts";

const LARGEST_MAX = 12;
const nothing: store.Sums = { customers: 0, drawnMinor: 0n, defaultMinor: 0n, expectedLossMinor: 0n };
const sumsOf = ({ customers, drawnMinor, defaultMinor, expectedLossMinor }: store.Sums) => ({
  ...{ customers, drawnMinor, defaultMinor, expectedLossMinor },
});

/** Figures of the customers the caller sees. Fails with not_allowed. */
export async function readCreditPortfolio(tx: Tx, caller: Caller, part: PortfolioPart) {
  permit(caller, "credit:read");
  const { policy } = await readPolicy(tx);
  const figures = await store.readFigures(tx, part);
  const cut = (name: store.Figure["cut"]) => figures.filter((figure) => figure.cut === name);
  const total = cut("total")[0] ?? nothing;
  const branchNames = await store.readBranchNames(
    tx,
    cut("branch").flatMap(({ branchId }) => branchId ?? []),
  );
  const codes = policy.bands.map(({ code }) => code);
  const largest = await store.listLargest(tx, part, codes, LARGEST_MAX);
  await record(tx, {
    ...{ caller, action: "customer.counted", subjectKind: "customer", query: { credit: part } },
    subjectIds: largest.map(({ customerId }) => customerId),
  });
  const known = new Map(cut("band").map((figure) => [figure.band, figure]));
  return {
    currency: await factCurrency(tx),
    ratedOn: await store.readRatedOn(tx),
    total: sumsOf(total),
    bands: policy.bands.map(({ code, upTo }) => ({ band: code, upTo, ...sumsOf(known.get(code) ?? nothing) })),
    kinds: cut("kind").flatMap((figure) => (figure.kind === null ? [] : [{ kind: figure.kind, ...sumsOf(figure) }])),
    branches: cut("branch").map((figure) => ({
      ...{ branchId: figure.branchId, name: figure.branchId === null ? null : (branchNames.get(figure.branchId) ?? null) },
      ...sumsOf(figure),
    })),
    currencies: cut("currency").flatMap((figure) => (figure.currency === null ? [] : [{ code: figure.currency, ...sumsOf(figure) }])),
    largest: largest.map((one) => ({
      ...one,
      share: total.defaultMinor > 0n ? Number(one.defaultMinor) / Number(total.defaultMinor) : 0,
    })),
    migration: await store.readMigration(tx, part),
    model: await goodness(tx),
  };
}

async function goodness(tx: Tx) {
  const { champion, challenger } = await servingReports(tx, CREDIT_MODEL);
  if (champion === null) return null;
  const { data, measures, baseline, split } = champion.report;
  return {
    ...{ modelNo: champion.version, seenUntil: data.asOfs.at(-1) ?? split.judge.to, rows: data.rows, events: data.events },
    ...{ horizonMonths: data.horizonMonths, judgedEvents: split.judge.events, auc: measures.auc, baselineAuc: baseline.auc },
    challenger: challenger === null ? null : { modelNo: challenger.version, auc: challenger.report.measures.auc },
  };
}

export interface CreditListRequest extends Omit<store.ListRequest, "after"> {
  readonly after?: string | undefined;
}

/** The customers behind a figure. Fails with not_allowed, invalid_input (a mark that no page gave). */
export async function listCreditCustomers(tx: Tx, caller: Caller, { after, ...request }: CreditListRequest) {
  permit(caller, "credit:read");
  const mark = after === undefined ? null : /^(-?\d{1,19})\.([0-9a-f-]{36})$/.exec(after);
  if (after !== undefined && mark === null) throw new DomainError("invalid_input", "no page gave this mark");
  const cursor = mark === null ? null : { lossMinor: mark[1] ?? "", customerId: mark[2] ?? "" };
  const customers = await store.listCustomers(tx, { ...request, after: cursor });
  await record(tx, {
    ...{ caller, action: "customer.listed", subjectKind: "customer", query: { credit: request } },
    subjectIds: customers.map(({ customerId }) => customerId),
  });
  const last = customers.length < request.rows ? undefined : customers.at(-1);
  return {
    currency: await factCurrency(tx),
    customers,
    next: last === undefined ? null : `${last.expectedLossMinor}.${last.customerId}`,
  };
}
