import { expect, test } from "vitest";
import { columnsOf } from "../../platform/data-map/index.ts";
import { reportTables } from "./rules.ts";

const about = { subject: "party_id", purpose: "customer_relationship", retention: "relationship" } as const;

test("a customer is told of what is theirs; keys, staff and secrets are left out, third parties are masked, who they are comes first", () => {
  const columns = columnsOf([
    {
      "sales.deal": { ...about, financial: "amount", third_party: "partner", technical: "party_id", staff: "seller", secret: "token" },
      "sales.lead": { ...about, identity: "name" },
      "sales.index": { ...about, technical: "party_id", third_party: "other" },
      "sales.product": { ...about, subject: null, free_text: "name" },
    },
  ]);
  expect(reportTables(columns)).toMatchObject([
    { table: "sales.lead", columns: [{ name: "name", masked: false }] },
    {
      table: "sales.deal",
      columns: [
        { name: "amount", masked: false },
        { name: "partner", masked: true },
      ],
    },
  ]);
});
