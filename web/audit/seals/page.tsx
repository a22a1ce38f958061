import { Alert, Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { orderSealCheck, readSealState } from "../../../server/governance/audit-seals/contract.ts";
import { RelativeTime } from "../../ui/date-text.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useAction, useEndpoint } from "../../ui/query.ts";
import { StatCard, StatRow } from "../../ui/stat-card.tsx";
import { Surface } from "../../ui/surface.tsx";
import { Checks } from "./checks.tsx";
import { Destinations } from "./destinations.tsx";
import { Keys, LastSeals } from "./last-seals.tsx";
import classes from "./seals.module.css";

const REFRESH_MS = 5_000;

/** Whether the trail is sealed, where the seals went, and whether it still holds. */
export function SealsPage() {
  const { t } = useTranslation("audit");
  const format = useFormat();
  const state = useEndpoint(readSealState, {}, { refetchEveryMs: REFRESH_MS });
  const order = useAction(orderSealCheck, { refreshes: [readSealState] });
  if (state.error && state.data === undefined) return <ErrorState error={state.error} retry={() => void state.refetch()} />;
  const { seals = [], tail, destinations = [], checks = [], keys = [], stamp = null } = state.data ?? {};
  const [last] = seals;
  const late = destinations.filter((destination) => destination.late);
  const open = checks.some(({ finishedAt }) => finishedAt === null);
  const lastCheck = checks.find(({ finishedAt }) => finishedAt !== null);
  return (
    <div className={classes.stack}>
      <PageHeader
        title={t("seals.title")}
        note={t("seals.note")}
        path={[{ label: t("title"), to: "/audit" }]}
        actions={
          <Button onClick={() => order.mutate({ body: {} })} loading={order.isPending || open}>
            {t("seals.verifyNow")}
          </Button>
        }
      />
      {late.map(({ kind, name, problem }) => (
        <Alert key={name} color="red" title={t("seals.late", { what: t(`seals.kinds.${kind}`) })}>
          {problem === null ? t("seals.lateText") : <bdi>{problem}</bdi>}
        </Alert>
      ))}
      <StatRow>
        <StatCard
          label={t("seals.last")}
          value={last === undefined ? "—" : format.code(last.no)}
          note={last === undefined ? t("seals.none") : <RelativeTime value={last.sealedAt} />}
        />
        <StatCard
          label={t("seals.tail")}
          value={tail === undefined ? "—" : format.number(tail.rows)}
          note={tail?.oldestAt == null ? t("seals.tailNone") : <RelativeTime value={tail.oldestAt} />}
        />
        <StatCard
          label={t("seals.lastCheck")}
          value={
            lastCheck?.faultCount == null
              ? "—"
              : lastCheck.faultCount === 0
                ? t("seals.whole")
                : t("seals.faults", { count: lastCheck.faultCount })
          }
          tone={lastCheck?.faultCount == null ? "plain" : lastCheck.faultCount === 0 ? "good" : "bad"}
          note={lastCheck?.finishedAt == null ? t("seals.neverChecked") : <RelativeTime value={lastCheck.finishedAt} />}
        />
        <StatCard
          label={t("seals.stamp")}
          value={stamp === null ? "—" : format.code(stamp.sealNo)}
          note={stamp === null ? t("seals.noStamp") : <RelativeTime value={stamp.stampedAt} />}
        />
      </StatRow>
      <div className={classes.columns}>
        <div className={classes.stack}>
          <Surface title={t("seals.destinations")}>
            <Destinations destinations={destinations} />
          </Surface>
          <Surface title={t("seals.checks")}>
            <Checks checks={checks} />
          </Surface>
          <Surface title={t("seals.keys")}>
            <Keys keys={keys} />
          </Surface>
        </div>
        <Surface title={t("seals.recent")}>
          <LastSeals seals={seals} />
        </Surface>
      </div>
    </div>
  );
}
