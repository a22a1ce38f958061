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
  query: ColleagueQuery,
  answer: z.object({ people: z.array(Colleague).max(PEOPLE_PAGE_ROWS), next: z.string().nullable() }),
});
