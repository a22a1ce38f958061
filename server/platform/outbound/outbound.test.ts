import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openOutbound, type Resolve } from "./outbound.ts";
import { isAllowedAddress } from "./public-address.ts";

let server: Server;
let port: number;
const asked: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? "");
    if (request.url === "/away") response.writeHead(302, { location: `http://127.0.0.1:${port}/secret` }).end();
    else if (request.url === "/large") response.end(Buffer.alloc(2 * 1024 * 1024));
    else response.end("the inside");
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => server.close());

const internalSpellings = [
  "127.0.0.1",
  "0177.0.0.1",
  "0x7f000001",
  "2130706433",
  "127.1",
  "①②⑦.⓪.⓪.①",
  "[::1]",
  "[::ffff:127.0.0.1]",
  "[::ffff:169.254.169.254]",
  "[64:ff9b::7f00:1]",
  "[2002:7f00:1::]",
  "100.64.0.1",
  "[fd00::1]",
  "0.0.0.0",
  "[::]",
  "192.0.0.192",
  "169.254.169.254",
  "10.1.2.3",
  "[fe80::1]",
  "localhost.",
  "localhost",
];

describe("AC-51: another server", () => {
  test.each(internalSpellings)("is not asked at %s", async (host) => {
    await expect(openOutbound().fetch(`https://${host}/`)).rejects.toMatchObject({ code: "unavailable" });
  });

  test.each([
    "http://example.com/",
    "https://example.com:8443/",
    "file:///etc/passwd",
    "gopher://example.com/",
    "https://a:b@example.com/",
    "data:,x",
  ])("is not asked by %s", async (address) => {
    const resolve: Resolve = async () => [{ address: "93.184.216.34", family: 4 }];
    await expect(openOutbound(undefined, resolve).fetch(address)).rejects.toMatchObject({ code: "unavailable" });
  });

  test("is not asked when one of its addresses is internal, and a name is looked up once", async () => {
    let lookups = 0;
    const rebinding: Resolve = async () => {
      lookups += 1;
      return lookups === 1
        ? [
            { address: "93.184.216.34", family: 4 },
            { address: "127.0.0.1", family: 4 },
          ]
        : [{ address: "127.0.0.1", family: 4 }];
    };
    await expect(openOutbound(undefined, rebinding).fetch("https://mixed.example/")).rejects.toMatchObject({ code: "unavailable" });
    expect(lookups).toBe(1);
    // Pinned: the name is not asked again on the way to the socket.
    const pinned: Resolve = async () => {
      lookups += 1;
      return [{ address: "127.0.0.1", family: 4 }];
    };
    const open = openOutbound({ hosts: [], internalHosts: [`name.invalid:${port}`] }, pinned);
    expect(await (await open.fetch(`http://name.invalid:${port}/`)).text()).toBe("the inside");
    expect(lookups).toBe(2);
  });

  test("in the bank's network is asked where a setting names it, and its redirects are not followed", async () => {
    const open = openOutbound({ hosts: [], internalHosts: [`127.0.0.1:${port}`] });
    const away = await open.fetch(`http://127.0.0.1:${port}/away`);
    expect(away.status).toBe(302);
    expect(asked).not.toContain("/secret");
    await expect(open.fetch(`http://127.0.0.1:${port + 1}/`)).rejects.toMatchObject({ code: "unavailable" });
    await expect(open.fetch(`http://127.0.0.1:${port}/large`)).rejects.toMatchObject({ code: "unavailable" });
    const cloud = openOutbound({ hosts: [], internalHosts: ["169.254.169.254:80"] });
    await expect(cloud.fetch("http://169.254.169.254/")).rejects.toMatchObject({ code: "unavailable" });
  });

  test("that is not on the list of hosts is not asked", async () => {
    const resolve: Resolve = async () => [{ address: "127.0.0.1", family: 4 }];
    const open = openOutbound({ hosts: ["login.bank.example"], internalHosts: [] }, resolve);
    await expect(open.fetch("https://elsewhere.example/")).rejects.toMatchObject({ cause: { message: "the host is not on the list" } });
  });

  test("no IPv4 address of a private range is allowed in any IPv6 spelling", () => {
    const octet = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(fc.constantFrom("10", "127", "169.254", "192.168"), octet, octet, octet, (head, a, b, c) => {
        const parts = `${head}.${a}.${b}.${c}`.split(".").slice(0, 4);
        const [p = "0", q = "0", r = "0", s = "0"] = parts;
        const hex = (high: string, low: string) => ((Number(high) << 8) | Number(low)).toString(16);
        for (const text of [
          parts.join("."),
          `::ffff:${parts.join(".")}`,
          `::ffff:${hex(p, q)}:${hex(r, s)}`,
          `64:ff9b::${hex(p, q)}:${hex(r, s)}`,
          `2002:${hex(p, q)}:${hex(r, s)}::`,
        ])
          expect(isAllowedAddress(text, false), text).toBe(false);
      }),
    );
  });
});

test("AC-52: a closed port, an unknown name and a refused address are told alike", async () => {
  const open = openOutbound({ hosts: [], internalHosts: ["127.0.0.1:9"] });
  const told = async (address: string) =>
    open.fetch(address).catch((error: { code: string; message: string; detail: unknown }) => ({
      code: error.code,
      message: error.message,
      detail: error.detail,
    }));
  const answers = [await told("http://127.0.0.1:9/"), await told("https://nobody.invalid/"), await told("https://10.0.0.1/")];
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
});
