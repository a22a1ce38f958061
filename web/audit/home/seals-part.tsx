import { Anchor, Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { readSealState } from "../../../server/governance/audit-seals/contract.ts";
import { AppLink } from "../../ui/app-link.tsx";
import { RelativeTime } from "../../ui/date-text.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { StatCard, StatRow } from "../../ui/stat-card.tsx";
import { Surface } from "../../ui/surface.tsx";

/** On an auditor's home: the last seal, and whether anything is late. */
export function SealsPart() {
  const { t } = useTranslation("audit");
  const format = useFormat();
  const state = useEndpoint(readSealState, {});
  if (state.error && state.data === undefined) return <ErrorState error={state.error} retry={() => void state.refetch()} />;
  if (state.data === undefined) return <Skeleton height={140} />;
  const { seals, destinations, checks } = state.data;
  const [last] = seals;
  const late = destinations.filter((destination) => destination.late);
  const check = checks.find(({ finishedAt }) => finishedAt !== null);
  return (
    <Surface
      title={t("seals.home")}
      aside={
        <Anchor component={AppLink} to="/audit/seals" size="sm">
          {t("seals.title")}
        </Anchor>
      }
    >
      <StatRow>
        <StatCard
          label={t("seals.last")}
          value={last === undefined ? "—" : format.code(last.no)}
          note={last === undefined ? t("seals.none") : <RelativeTime value={last.sealedAt} />}
        />
        <StatCard
          label={t("seals.destinations")}
          value={late.length === 0 ? t("seals.isFine") : format.list(late.map(({ kind }) => t(`seals.kinds.${kind}`)))}
          tone={late.length === 0 ? "good" : "bad"}
        />
        <StatCard
          label={t("seals.lastCheck")}
          value={
            check?.faultCount == null ? "—" : check.faultCount === 0 ? t("seals.whole") : t("seals.faults", { count: check.faultCount })
          }
          tone={check?.faultCount == null ? "plain" : check.faultCount === 0 ? "good" : "bad"}
          note={check?.finishedAt == null ? t("seals.neverChecked") : <RelativeTime value={check.finishedAt} />}
        />
      </StatRow>
    </Surface>
  );
}
