import { callerOf, readMailbox } from "../../governance/access/index.ts";
import { record } from "../../governance/audit/index.ts";
import type { Caller, UserId } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import { type Db, inTransaction, type Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import type { Mailer } from "../../platform/mail/index.ts";
import { readReport } from "./keep-reports.ts";
import { deleteOrder, findOrder, type MailKey, type MailOrder, noteSent } from "./mail-store.ts";
import { mailText } from "./mail-text.ts";
import { nextMailAt } from "./rules.ts";
import { runReport } from "./run-report.ts";
import { sayReport, type Words } from "./say.ts";

export interface MailWork {
  readonly db: Db;
  /** Who looks after due mails; has no part in what stands in them. */
  readonly caller: Caller;
  readonly clock: Clock;
  readonly mail: Mailer;
  readonly publicUrl: URL;
  readonly words: Words;
}

/** The person works here no more. */
const GONE = "gone";

/**
 * Sends a report to who ordered it, with the rights they hold at this moment; who holds none any more gets none. Does nothing where it is not due.
 * Throws where the mail server did not take it: then it is tried again, under the same message id.
 */
export async function sendReportMail({ db, caller, clock, mail, publicUrl, words }: MailWork, key: MailKey): Promise<void> {
  const asWorker = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(db, caller, work, { role: "worker" });
  const order = await asWorker((tx) => findOrder(tx, key));
  if (order === null || order.nextAt > clock.now()) return;
  const recipient = await callerOf(db, key.personId as UserId, caller.requestId);
  const next = nextMailAt(order, clock.now());
  const made =
    recipient === null ? GONE : mail.ready ? await makeMail({ db, clock, publicUrl, words }, recipient, key, order) : "no_mail_server";
  if (made === GONE) {
    await asWorker((tx) => deleteOrder(tx, key));
    return;
  }
  if (typeof made === "string") {
    await asWorker((tx) => noteSent(tx, key, next, { failure: made }));
    return;
  }
  try {
    await mail.send(made);
  } catch (error) {
    // Still due: the next try is the queue's, and after its last one that of the next hour.
    await asWorker((tx) => noteSent(tx, key, order.nextAt, { failure: "not_sent" }));
    throw error;
  }
  await asWorker((tx) => noteSent(tx, key, next, { sentAt: clock.now() }));
}

/** The mail, or why there is none. */
async function makeMail(
  { db, clock, publicUrl, words }: Pick<MailWork, "db" | "clock" | "publicUrl" | "words">,
  recipient: Caller,
  { reportId, personId }: MailKey,
  order: MailOrder,
) {
  const make = async (tx: Tx) => {
    const mailbox = await readMailbox(tx, personId);
    if (mailbox === null) return GONE;
    if (mailbox.address === null) return "no_address";
    const report = await readReport(tx, recipient, reportId);
    const result = await runReport(tx, recipient, clock, report.definition, true);
    const saying = sayReport(words, mailbox, recipient, report.definition, result.currency);
    const title = report.builtIn === null ? report.name : saying.message(`reports:builtIn.${report.builtIn}`);
    await record(tx, {
      caller: recipient,
      action: "report.mailed",
      subjectKind: "report",
      subjectIds: [reportId],
      detail: { masked: result.masked },
    });
    const link = new URL(`/reports/${reportId}`, publicUrl).href;
    const text = mailText({ title, name: mailbox.name, locale: mailbox.locale, link, definition: report.definition }, result, saying);
    const id = `report.${reportId}.${personId}.${order.nextAt.getTime()}`;
    return { to: { name: mailbox.name, address: mailbox.address }, ...text, id };
  };
  try {
    return await inTransaction(db, recipient, make, { pool: "report" });
  } catch (error) {
    if (error instanceof DomainError && (error.code === "not_allowed" || error.code === "not_found" || error.code === "invalid_input"))
      return error.code;
    throw error;
  }
}
