import type { readPerson } from "../../server/governance/people/contract.ts";
import type { listRoles } from "../../server/governance/roles/contract.ts";
import type { AnswerOf } from "../ui/api.ts";

export type Person = AnswerOf<typeof readPerson>;
export type Grant = Person["grants"][number];
export type Role = AnswerOf<typeof listRoles>["roles"][number];
