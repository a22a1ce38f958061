import type { listCircles, listProposals, listRelations, readOwnership } from "../../server/customers/relations/contract.ts";
import type { AnswerOf } from "../ui/api.ts";

export type Relations = AnswerOf<typeof listRelations>;
export type Line = Relations["relations"][number];
export type Role = Relations["roles"][number];
export type Node = Relations["nodes"][number];
export type Edge = Relations["edges"][number];
export type Circle = AnswerOf<typeof listCircles>["circles"][number];
export type Member = Circle["members"][number];
export type Proposal = AnswerOf<typeof listProposals>["proposals"][number];
export type Ownership = AnswerOf<typeof readOwnership>;
