import { z } from "zod";
import { endpoint } from "../../platform/http/contract.ts";
import { HeldRole } from "../access/contract.ts";

export const unitKinds = ["bank", "region", "branch", "team"] as const;

/** A part of the bank. `names` holds its name by language where the bank gives one. */
export const Unit = z.object({
  unitId: z.uuid(),
  parentId: z.uuid().nullable(),
  kind: z.enum(unitKinds),
  code: z.string(),
  name: z.string(),
  names: z.record(z.string(), z.string()),
  active: z.boolean(),
  version: z.int(),
  peopleCount: z.int(),
});
export type Unit = z.infer<typeof Unit>;

export const UNITS_MAX = 5_000;

export const Colleague = z.object({
  userId: z.uuid(),
  login: z.string(),
  displayName: z.string(),
  email: z.string().nullable(),
  homeUnitId: z.uuid(),
  homeUnitName: z.string(),
  roles: z.array(HeldRole).max(50),
  portfolios: z.array(z.object({ portfolioId: z.uuid(), code: z.string(), name: z.string() })).max(50),
  active: z.boolean(),
});
export type Colleague = z.infer<typeof Colleague>;

export const PEOPLE_PAGE_ROWS = 100;

export const listUnits = endpoint({
  name: "listUnits",
  tag: "organisation",
  method: "GET",
  path: "/api/organisation/units",
  summary: "The organisation tree, at most 5,000 units",
  access: "organisation:read",
  answer: z.object({ units: z.array(Unit).max(UNITS_MAX) }),
});

export const ColleagueQuery = z.strictObject({
  /** Only people whose home is this unit or lies under it. */
  unitId: z.uuid().optional(),
  /** Part of a name or login. */
  text: z.string().trim().max(100).optional(),
  /** The last login of the page before. */
  after: z.string().max(100).optional(),
});
export type ColleagueQuery = z.infer<typeof ColleagueQuery>;

export const listColleagues = endpoint({
  name: "listColleagues",
  tag: "organisation",
  method: "GET",
  path: "/api/organisation/people",
  summary: "People of the bank by login, 100 a page",
  access: "organisation:read",
  personalQuery: ["text", "after"],
  query: ColleagueQuery,
  answer: z.object({ people: z.array(Colleague).max(PEOPLE_PAGE_ROWS), next: z.string().nullable() }),
});

const Code = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z0-9][A-Z0-9-]{1,39}$/);
const Name = z.string().trim().min(1).max(120);
const UnitParams = z.strictObject({ unitId: z.uuid() });
const Version = z.int().min(1);

export const createUnit = endpoint({
  name: "createUnit",
  tag: "organisation",
  method: "POST",
  path: "/api/organisation/units",
  summary: "Add a region, branch or team",
  access: "organisation:manage",
  body: z.strictObject({ parentId: z.uuid(), kind: z.enum(["region", "branch", "team"]), code: Code, name: Name }),
  answer: z.object({ unitId: z.uuid() }),
  errors: ["not_found", "conflict", "invalid_state"],
});

export const changeUnit = endpoint({
  name: "changeUnit",
  tag: "organisation",
  method: "PATCH",
  path: "/api/organisation/units/:unitId",
  summary: "Rename a unit, move it under another, close it or open it again; who reaches what follows at once",
  access: "organisation:manage",
  params: UnitParams,
  body: z.strictObject({ version: Version, name: Name.optional(), parentId: z.uuid().optional(), active: z.boolean().optional() }),
  answerKind: "none",
  errors: ["not_found", "conflict", "invalid_state", "depends_on_this"],
});

export const Portfolio = z.object({
  portfolioId: z.uuid(),
  code: z.string(),
  name: z.string(),
  unitId: z.uuid(),
  unitName: z.string(),
  ownerUserId: z.uuid().nullable(),
  ownerName: z.string().nullable(),
  version: z.int(),
});
export type Portfolio = z.infer<typeof Portfolio>;

export const PORTFOLIO_PAGE_ROWS = 100;

export const listPortfolios = endpoint({
  name: "listPortfolios",
  tag: "organisation",
  method: "GET",
  path: "/api/organisation/portfolios",
  summary: "Portfolios by code, 100 a page; of one unit, or of one person",
  access: "organisation:read",
  personalQuery: ["text", "after"],
  query: z.strictObject({
    unitId: z.uuid().optional(),
    ownerUserId: z.uuid().optional(),
    text: z.string().trim().max(100).optional(),
    after: z.string().max(100).optional(),
  }),
  answer: z.object({ portfolios: z.array(Portfolio).max(PORTFOLIO_PAGE_ROWS), next: z.string().nullable() }),
});

export const createPortfolio = endpoint({
  name: "createPortfolio",
  tag: "organisation",
  method: "POST",
  path: "/api/organisation/portfolios",
  summary: "Add a portfolio to a unit",
  access: "organisation:manage",
  body: z.strictObject({ code: Code, name: Name, unitId: z.uuid(), ownerUserId: z.uuid().nullable().default(null) }),
  answer: z.object({ portfolioId: z.uuid() }),
  errors: ["not_found", "conflict"],
});

export const changePortfolio = endpoint({
  name: "changePortfolio",
  tag: "organisation",
  method: "PATCH",
  path: "/api/organisation/portfolios/:portfolioId",
  summary: "Rename a portfolio, move it to another unit, or give it to another person: its customers go with it",
  access: "organisation:manage",
  params: z.strictObject({ portfolioId: z.uuid() }),
  body: z.strictObject({
    version: Version,
    name: Name.optional(),
    unitId: z.uuid().optional(),
    ownerUserId: z.uuid().nullable().optional(),
  }),
  answerKind: "none",
  errors: ["not_found", "conflict", "invalid_state"],
});
