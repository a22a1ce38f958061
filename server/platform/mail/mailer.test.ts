import { createServer } from "node:net";
import { expect, test } from "vitest";
import { givenMailServer } from "../../../tests/support/mail-server.ts";
import { readConfig } from "../config/index.ts";
import { noMailer, openMailer } from "./index.ts";

const mail = { to: { name: "Ana", address: "ana@bank.example" }, subject: "Report", text: "Plain", html: "<p>Rich</p>", id: "report.1" };

test("AC-46: breaks of lines and commas in name and subject add no header and no recipient", async () => {
  const server = await givenMailServer();
  const mailer = openMailer({ ...server.config, from: "vinculo@bank.example" });
  const nasty = { name: 'Ana\r\nBcc: evil@example.com, "x" <evil@example.com>', address: "ana@bank.example" };
  await mailer.send({ ...mail, to: nasty, subject: "Report\r\nBcc: evil@example.com\n\nbody" });
  const [received] = server.received;
  expect(received?.to).toEqual(["ana@bank.example"]);
  const headers = received?.data.split("\r\n\r\n")[0] ?? "";
  expect(headers.split("\r\n").filter((line) => /^(bcc|cc)\s*:/i.test(line))).toEqual([]);
  expect(headers).toContain("Message-ID: <report.1@bank.example>");
  for (const address of [
    "ana@bank.example,evil@example.com",
    "ana@bank.example\r\nRCPT TO:<evil@example.com>",
    "<evil@example.com>",
    "ana",
  ])
    await expect(mailer.send({ ...mail, to: { name: "Ana", address } })).rejects.toThrow("not a mail address");
  expect(server.received).toHaveLength(1);
  await server.close();
});

test("a mail server that is not there, and one that refuses, is an error and no mail", async () => {
  await expect(noMailer.send(mail)).rejects.toThrow("no mail server");
  const closed = createServer();
  const port = await new Promise<number>((resolve) => {
    closed.listen(0, "127.0.0.1", () => resolve((closed.address() as { port: number }).port));
  });
  await new Promise((resolve) => closed.close(resolve));
  const nowhere = openMailer({ host: "127.0.0.1", port, secure: false, user: null, password: null, from: "vinculo@bank.example" });
  await expect(nowhere.send(mail)).rejects.toThrow();
  const server = await givenMailServer({ refuses: true });
  await expect(openMailer({ ...server.config, from: "vinculo@bank.example" }).send(mail)).rejects.toThrow(/550/);
  await server.close();
});

test("the mail server's address is read from the environment, and a wrong one is not repeated, for it carries a password", () => {
  expect(readConfig({ VINCULO_SMTP_URL: "smtp://vinculo:p%40ss@mail.bank.example" }).mail).toEqual({
    ...{ host: "mail.bank.example", port: 587, secure: false, user: "vinculo", password: "p@ss", from: "vinculo@localhost" },
  });
  expect(readConfig({}).mail).toBeNull();
  expect(() => readConfig({ VINCULO_SMTP_URL: "http://vinculo:hunter2@mail" })).toThrow(/^(?!.*hunter2).*VINCULO_SMTP_URL/);
});
