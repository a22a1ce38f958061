import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import { expect, test } from "vitest";
import { fetchStamp } from "../../server/governance/audit-seals/anchors/time-stamping.ts";
import { seededRandom } from "../../server/platform/random/index.ts";
import { makeAuthority } from "../support/time-authority.ts";
import { FaultProxy, type Weather } from "./proxy.ts";

const authority = makeAuthority();

async function withAuthority<T>(work: (port: number) => Promise<T>): Promise<T> {
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => response.setHeader("content-type", "application/timestamp-reply").end(authority.answer(Buffer.concat(parts))));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  try {
    return await work(typeof address === "object" && address !== null ? address.port : 0);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

test("F13: spoilt and cut answers of a time-stamping authority are refused or hold; none is believed that does not", async () => {
  await withAuthority(async (port) => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const random = seededRandom(seed);
      const proxy = await FaultProxy.to({ host: "127.0.0.1", port }, random);
      const cut: Weather = { cutAfterBytes: Math.floor(random() * 1_500) };
      proxy.weather = seed % 2 === 0 ? { garbleShare: 1 } : cut;
      const hash = randomBytes(32);
      const outcome = await fetchStamp(`http://127.0.0.1:${proxy.port}/`, hash, [authority.rootPem]).then(
        (stamp) => stamp.stampedAt,
        (error: unknown) => error,
      );
      await proxy.close();
      // A byte may fall where it changes nothing (a header of HTTP): then the stamp is whole, and of now.
      if (outcome instanceof Date) expect(Math.abs(outcome.getTime() - Date.now()), `seed ${seed}`).toBeLessThan(60_000);
      else expect(outcome, `seed ${seed}`).toBeInstanceOf(Error);
    }
  });
});
