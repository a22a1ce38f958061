import type { listCompartments } from "../../../server/governance/walls/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";

export type Compartment = AnswerOf<typeof listCompartments>["compartments"][number];
