import { expect, test } from "vitest";
import { outcomesOf } from "./outcomes.ts";

test("channels stand together by what holds for them, what is allowed first", () => {
  const refused = [{ reason: "withdrawn" as const, partyId: "p" }];
  const outcomes = outcomesOf({
    decisions: [
      { channel: "phone", refusals: refused },
      { channel: "email", refusals: [] },
      { channel: "sms", refusals: refused },
    ],
  });
  expect(outcomes).toEqual([
    { reasons: [], partyIds: [], channels: ["email"] },
    { reasons: ["withdrawn"], partyIds: ["p"], channels: ["phone", "sms"] },
  ]);
});
