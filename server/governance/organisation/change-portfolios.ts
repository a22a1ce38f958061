import type { Caller } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { record } from "../audit/index.ts";
import { permit } from "../permissions/index.ts";
import { PORTFOLIO_PAGE_ROWS, type Portfolio } from "./contract.ts";
import * as store from "./unit-store.ts";

/** Fails with not_allowed. */
export async function listPortfolios(
  tx: Tx,
  caller: Caller,
  query: store.PortfolioQuery,
): Promise<{ portfolios: Portfolio[]; next: string | null }> {
  permit(caller, "organisation:read");
  const found = await store.listPortfolios(tx, query, PORTFOLIO_PAGE_ROWS + 1);
  const portfolios = found.slice(0, PORTFOLIO_PAGE_ROWS);
  return { portfolios, next: found.length > PORTFOLIO_PAGE_ROWS ? (portfolios.at(-1)?.code ?? null) : null };
}

/** Fails with not_allowed, not_found (unit or person), conflict (the code is taken). */
export async function createPortfolio(
  tx: Tx,
  caller: Caller,
  request: { code: string; name: string; unitId: string; ownerUserId: string | null },
): Promise<{ portfolioId: string }> {
  permit(caller, "organisation:manage");
  await requireKnown(tx, request);
  const portfolioId = newId();
  if (!(await store.insertPortfolio(tx, { portfolioId, ...request })))
    throw new DomainError("conflict", "the code is taken", { detail: { reason: "code_taken" } });
  const { code, unitId, ownerUserId } = request;
  await record(tx, {
    caller,
    action: "portfolio.created",
    subjectKind: "portfolio",
    subjectIds: [portfolioId],
    detail: { code, unitId, ownerUserId },
  });
  return { portfolioId };
}

/** The new owner sees the portfolio's customers from now on, the old one no longer. Fails with not_allowed, not_found, conflict (version), invalid_state (to oneself). */
export async function changePortfolio(
  tx: Tx,
  caller: Caller,
  portfolioId: string,
  request: store.PortfolioChange & { version: number },
): Promise<void> {
  permit(caller, "organisation:manage");
  const { version, ...change } = request;
  if (change.ownerUserId === caller.userId) throw new DomainError("invalid_state", "not to oneself", { detail: { reason: "oneself" } });
  await requireKnown(tx, change);
  const before = await store.findPortfolio(tx, portfolioId);
  if (before === null) throw new DomainError("not_found", "no such portfolio");
  if (!(await store.savePortfolio(tx, portfolioId, version, change)))
    throw new DomainError("conflict", "the portfolio has another version by now");
  const detail = { ...change, before: { unitId: before.unitId, ownerUserId: before.ownerUserId } };
  await record(tx, { caller, action: "portfolio.changed", subjectKind: "portfolio", subjectIds: [portfolioId], detail });
}

async function requireKnown(
  tx: Tx,
  { unitId, ownerUserId }: { unitId?: string | undefined; ownerUserId?: string | null | undefined },
): Promise<void> {
  const known = await store.knows(tx, { unitId: unitId ?? null, userId: ownerUserId ?? null });
  if (!known) throw new DomainError("not_found", "no such open unit or active person");
}
