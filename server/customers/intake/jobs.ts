import { DomainError } from "../../platform/errors/index.ts";
import { type JobWork, jobWork } from "../../platform/jobs/index.ts";
import { loadDelivery } from "./load-delivery.ts";
import { openAgain } from "./open-again.ts";
import { runLoadJob } from "./order-load.ts";
import { stopLoad } from "./stop-load.ts";
import * as store from "./store.ts";

export const intakeJobs: JobWork[] = [
  jobWork(runLoadJob, async ({ db, caller, home, data, signal, finish }) => {
    const load = await store.asWorker(db, caller, (tx) => store.findLoad(tx, data.loadId));
    if (load === null) throw new DomainError("not_found", "the load of this job is gone");
    // Reversed while its job waited: whoever did that does not want it back.
    if (load.state === "reversed" || load.state === "reversing") return;
    const delivery = await openAgain(db, caller, home, load).catch(async (error: unknown) => {
      await stopLoad(db, caller, load, error, signal.aborted);
      throw error;
    });
    try {
      await loadDelivery({ db, caller, delivery, signal, inLastTransaction: finish });
    } catch (error) {
      if (error instanceof DomainError) throw error;
      // A person reads the number on the screen; the log is found by it.
      throw new DomainError("internal", `load ${load.loadNo} stopped`, { cause: error, detail: { loadNo: load.loadNo } });
    }
  }),
];
