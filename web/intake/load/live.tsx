import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Load, listLoads, listQuarantine, readLoad, watchLoad } from "../../../server/customers/intake/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { useStream } from "../../ui/events.ts";
import { useFormat } from "../../ui/preferences.tsx";
import { ProgressBar } from "../../ui/progress-bar.tsx";
import { keyOf } from "../../ui/query.ts";

export type ShownLoad = AnswerOf<typeof readLoad>;
export type ShownReport = NonNullable<ShownLoad["report"]>;

export const isMoving = (state: Load["state"]): boolean => state === "running" || state === "reversing";

/** Listens while the load moves and answers the latest news of it; the page of the load and the list get them too. */
export function useLiveLoad(load: Pick<ShownLoad, "loadId" | "state"> | undefined): ShownLoad | null {
  const client = useQueryClient();
  const [latest, setLatest] = useState<ShownLoad | null>(null);
  const moving = load !== undefined && isMoving(latest?.state ?? load.state);
  useStream(watchLoad, moving ? { params: { loadId: load.loadId } } : null, (now) => {
    setLatest(now);
    client.setQueryData(keyOf(readLoad, { params: { loadId: now.loadId } }), now);
    if (isMoving(now.state)) return;
    for (const stale of [listLoads, listQuarantine]) void client.invalidateQueries({ queryKey: keyOf(stale) });
  });
  return latest;
}

/** Bytes tell how far it is, rows how fast. */
export function LoadProgress({ load }: { load: ShownLoad }) {
  const { t } = useTranslation("intake");
  const format = useFormat();
  const { progress } = load;
  const label = t(load.state === "reversing" ? "load.reversing" : `phases.${load.phase}`);
  if (load.phase === "refreshing" && progress?.customers) {
    const { done, of } = progress.customers;
    return (
      <ProgressBar label={label} done={done} total={of} say={(customers) => t("load.customers", { customers: format.number(customers) })} />
    );
  }
  if (progress === null || load.state === "reversing" || load.phase !== "reading") {
    return (
      <ProgressBar
        label={label}
        done={progress?.rows ?? 0}
        total={null}
        say={(rows) => `${label} · ${t("load.rowsSoFar", { rows: format.number(rows) })}`}
      />
    );
  }
  const rowsInAll = progress.bytes === 0 ? null : Math.max(progress.rows, Math.round((progress.rows * progress.ofBytes) / progress.bytes));
  return (
    <ProgressBar
      label={label}
      done={progress.rows}
      total={rowsInAll}
      ratePerSecond={progress.rowsPerSecond}
      say={(rows) => t("load.rowsSoFar", { rows: format.number(rows) })}
    />
  );
}
