import { type Fact, ofRelations } from "../fact.ts";

export const relations: readonly Fact[] = [
  ofRelations({ key: "relation_count", kind: "count", group: "relations", hasPast: false, sql: "count(distinct r.other_id)" }),
];
