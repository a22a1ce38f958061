import { z } from "zod";
import type { Tx } from "../../platform/db/index.ts";
import { defineJob, type JobWork, jobWork, sendWhereServed } from "../../platform/jobs/index.ts";
import { takeStock } from "./take-stock.ts";

export const takeStockJob = defineJob("take_quality_stock", z.object({}), { atMostOne: "waiting", retryLimit: 3, expireSeconds: 3600 });

export const qualityJobs: JobWork[] = [jobWork(takeStockJob, takeStock)];

/** To be called after loads and once an hour; one waits at a time. */
export async function orderStock(tx: Tx): Promise<void> {
  await sendWhereServed(tx, takeStockJob, {}, { singletonKey: "stock" });
}
