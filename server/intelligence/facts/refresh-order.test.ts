import { expect, test } from "vitest";
import { inHalves } from "./refresh-order.ts";

const named = (count: number) => Array.from({ length: count }, (_, at) => `customer ${at}`);

test("many are worked on by halves at once, each customer in one of them; few and everybody as they are", async () => {
  const begun: (readonly string[] | null)[] = [];
  const both = Promise.withResolvers<void>();
  const work = async ({ customerIds }: { customerIds: readonly string[] | null }) => {
    begun.push(customerIds);
    if (begun.length === 2) both.resolve();
    await both.promise;
    return customerIds?.length ?? 0;
  };
  expect(await inHalves({ customerIds: named(2_001) }, work)).toEqual([1_001, 1_000]);
  expect(begun.flat()).toEqual(named(2_001));
  for (const customerIds of [named(999), [], null]) {
    begun.length = 0;
    await inHalves({ customerIds }, work);
    expect(begun).toEqual([customerIds]);
  }
});

test("when one half fails, the other has ended before that is said", async () => {
  let ended = 0;
  const work = async ({ customerIds }: { customerIds: readonly string[] | null }) => {
    if (customerIds?.[0] === "customer 0") throw new Error("no");
    await new Promise(setImmediate);
    ended += 1;
  };
  await expect(inHalves({ customerIds: named(3_000) }, work)).rejects.toThrow("no");
  expect(ended).toBe(1);
});
