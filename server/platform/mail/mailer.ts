import nodemailer from "nodemailer";
import type { MailConfig } from "../config/index.ts";

export interface Mail {
  /** One person. Neither field can add a header or another address, whatever it holds. */
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  /** Everything in it that is not its own must be escaped by who makes it. */
  readonly html: string;
  /** Letters, digits, dots and hyphens; the same again for the same mail, so that one that went out twice is known as one. */
  readonly id: string;
}

/** The one way to send mail. */
export interface Mailer {
  /** false: no mail server is set up, and sending fails. */
  readonly ready: boolean;
  /** Resolves when the server took it. Fails with Error when it did not; trying again is for the caller. */
  send(mail: Mail): Promise<void>;
}

export const noMailer: Mailer = {
  ready: false,
  send: () => Promise.reject(new Error("no mail server is set up")),
};

const TIMEOUT_MS = 20_000;
const SUBJECT_CHARACTERS_MAX = 200;
// One plain address: no list, no group, no comment, no route.
const ADDRESS = /^[^\s"(),:;<>@[\\\]]{1,64}@[^\s"(),:;<>@[\\\]]{1,255}$/;

/** `config` null: no mail. Beyond this machine only over TLS. */
export function openMailer(config: MailConfig | null): Mailer {
  if (config === null) return noMailer;
  const { host, port, secure, user, password, from } = config;
  const isHere = host === "localhost" || host === "::1" || /^127\./.test(host);
  const transport = nodemailer.createTransport({
    ...{ host, port, secure, requireTLS: !secure && !isHere, ignoreTLS: isHere && !secure },
    ...(user === null ? {} : { auth: { user, pass: password ?? "" } }),
    ...{ connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
  return {
    ready: true,
    async send({ to, subject, text, html, id }) {
      if (!ADDRESS.test(to.address)) throw new Error("not a mail address");
      if (!/^[\w.-]{1,200}$/.test(id)) throw new Error("not a message id");
      await transport.sendMail({
        ...{ from, to: { name: inOneLine(to.name), address: to.address }, subject: inOneLine(subject).slice(0, SUBJECT_CHARACTERS_MAX) },
        ...{ text, html, messageId: `<${id}@${from.slice(from.lastIndexOf("@") + 1).replace(/>.*$/, "")}>` },
        headers: { "Auto-Submitted": "auto-generated" },
      });
    },
  };
}

/** Breaks of lines and other control characters would begin a header of their own. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const inOneLine = (text: string): string => text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ").trim();
