import { z } from "zod";
import { LatestApproval, Outcome } from "../../../governance/approvals/contract.ts";
import { Instant } from "../../../platform/clock/contract.ts";
import { endpoint } from "../../../platform/http/contract.ts";
import { MinorUnits } from "../../../platform/money/contract.ts";
import { ProfitParameters } from "../../value/contract.ts";

const tag = "profitability";

export const ParameterVersion = z.object({
  versionNo: z.int(),
  validFrom: z.iso.date(),
  reason: z.string(),
  state: z.enum(["proposed", "approved", "refused", "withdrawn"]),
  proposedByName: z.string(),
  isOwn: z.boolean(),
  proposedAt: Instant,
  /** Where the request to approve it stands, and who decided; null: of the product's own first version. */
  approval: LatestApproval.nullable(),
  /** When every month had been priced under it; null: not yet. */
  appliedAt: Instant.nullable(),
});
export type ParameterVersion = z.infer<typeof ParameterVersion>;

export const VERSIONS_MAX = 100;

export const listParameters = endpoint({
  name: "listParameters",
  tag,
  method: "GET",
  path: "/api/profit/parameters",
  summary: "Versions of transfer rates, costs, losses, capital and tiers, newest first",
  access: "profit:read",
  answer: z.object({ versions: z.array(ParameterVersion).max(VERSIONS_MAX), inForce: z.int().nullable(), canManage: z.boolean() }),
});

const VersionParams = z.strictObject({ versionNo: z.coerce.number().int().min(1).max(2_000_000_000) });

/** What moved profits, in minor units: the parameters that did it. */
export const effectCauses = ["currency", "rates", "income", "costs", "losses", "acquisition", "capital"] as const;
const Effect = z.object({
  currency: MinorUnits,
  rates: MinorUnits,
  income: MinorUnits,
  costs: MinorUnits,
  losses: MinorUnits,
  acquisition: MinorUnits,
  capital: MinorUnits,
});
export type Effect = z.infer<typeof Effect>;

export const DIFFERENCES_MAX = 500;

export const readParameters = endpoint({
  name: "readParameters",
  tag,
  method: "GET",
  path: "/api/profit/parameters/:versionNo",
  summary:
    "One version: its figures, what they change of those it replaces, and what it did to the profits of the customers the caller sees",
  access: "profit:read",
  params: VersionParams,
  answer: z.object({
    version: ParameterVersion,
    body: ProfitParameters,
    yaml: z.string(),
    /** Against the version that held (or would hold) on the same day without it. */
    replaces: z.int().nullable(),
    differences: z.array(z.object({ path: z.string(), before: z.string().nullable(), after: z.string().nullable() })).max(DIFFERENCES_MAX),
    /** Economic profit of the twelve months before it came into force; null until it was put into force. */
    effect: z
      .object({
        ...{ customers: z.int(), beforeMinor: MinorUnits, afterMinor: MinorUnits, causes: Effect },
        /** Those it moved most. */
        moved: z
          .array(
            z.object({
              ...{ customerId: z.uuid(), customerNo: z.string(), fullName: z.string(), language: z.string().nullable() },
              ...{ beforeMinor: MinorUnits, afterMinor: MinorUnits, causes: Effect },
            }),
          )
          .max(20),
      })
      .nullable(),
  }),
  errors: ["not_found"],
});

export const proposeParameters = endpoint({
  name: "proposeParameters",
  tag,
  method: "POST",
  path: "/api/profit/parameters",
  summary: "Propose a version, as YAML; it holds after somebody else has approved it",
  access: "profit:manage",
  body: z.strictObject({
    /** First day of a month. */
    validFrom: z.iso.date().regex(/-01$/),
    reason: z.string().trim().min(10).max(500),
    yaml: z.string().min(1).max(100_000),
  }),
  answer: Outcome.extend({ versionNo: z.int() }),
});
