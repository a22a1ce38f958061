import { z } from "zod";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { defineJob, type JobWork, jobWork, sendWhereServed } from "../../platform/jobs/index.ts";
import { listDue } from "./mail-store.ts";
import type { Words } from "./say.ts";
import { sendReportMail } from "./send-mail.ts";

const mailJob = defineJob("mail_report", z.object({ personId: z.uuid(), reportId: z.uuid() }), {
  atMostOne: "either",
  retryLimit: 3,
  retryDelaySeconds: 60,
  expireSeconds: 300,
});

export const reportJobs = (words: Words): JobWork[] => [
  jobWork(mailJob, ({ db, caller, clock, mail, publicUrl, data }) => sendReportMail({ db, caller, clock, mail, publicUrl, words }, data)),
];

const DUE_MAX = 2_000;

/** Has the mails sent that are due; by housekeeping once an hour. Worker role. */
export async function orderDueMails(tx: Tx, clock: Clock): Promise<void> {
  for (const key of await listDue(tx, clock.now(), DUE_MAX))
    await sendWhereServed(tx, mailJob, key, { singletonKey: `${key.personId} ${key.reportId}` });
}
