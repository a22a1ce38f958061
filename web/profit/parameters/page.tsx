import { Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { listParameters } from "../../../server/intelligence/profit/parameters/contract.ts";
import { DateText } from "../../ui/date-text.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { StateMark } from "../../ui/state-mark.tsx";
import { Surface } from "../../ui/surface.tsx";
import { useUrlState } from "../../ui/url-state.ts";
import classes from "../profit.module.css";
import { Version } from "./version.tsx";

const asNumber = (raw: unknown): number | undefined => (typeof raw === "number" && Number.isInteger(raw) && raw > 0 ? raw : undefined);
const tones = { proposed: "quiet", approved: "good", refused: "bad", withdrawn: "quiet" } as const;

/** What the bank decides about profit, version by version: what changed, who proposed and approved it, and what it did. */
export function ParametersPage() {
  const { t } = useTranslation("profit");
  const format = useFormat();
  const answer = useEndpoint(listParameters, {});
  const [chosen, setChosen] = useUrlState("version", asNumber);
  const open = chosen ?? answer.data?.versions.find(({ state }) => state === "proposed")?.versionNo ?? answer.data?.inForce ?? undefined;
  return (
    <div className={classes.page}>
      <PageHeader title={t("parameters.title")} note={t("parameters.note")} />
      {answer.error && <ErrorState error={answer.error} retry={() => void answer.refetch()} />}
      {answer.isPending && <Skeleton height={320} />}
      {answer.data && (
        <div className={classes.columns}>
          {open === undefined ? <span /> : <Version key={open} versionNo={open} canManage={answer.data.canManage} onProposed={setChosen} />}
          <Surface title={t("parameters.versions")}>
            <ul className={classes.list}>
              {answer.data.versions.map((version) => (
                <li key={version.versionNo}>
                  <span className={classes.who}>
                    <button
                      type="button"
                      className={classes.plain}
                      aria-current={version.versionNo === open || undefined}
                      onClick={() => setChosen(version.versionNo)}
                    >
                      {t("parameters.version", { n: format.number(version.versionNo) })}
                    </button>
                    <span className={classes.note}>
                      <bdi>{version.reason}</bdi>
                    </span>
                    <span className={classes.note}>
                      <bdi>{version.proposedByName}</bdi> · <DateText value={version.proposedAt} />
                    </span>
                  </span>
                  <span className={classes.who} style={{ textAlign: "end" }}>
                    <span>
                      <StateMark tone={version.versionNo === answer.data.inForce ? "accent" : tones[version.state]}>
                        {version.versionNo === answer.data.inForce ? t("parameters.inForce") : t(`parameters.${version.state}`)}
                      </StateMark>
                    </span>
                    <span className={classes.note}>
                      {t("parameters.from")} <DateText value={version.validFrom} style="month" />
                    </span>
                  </span>
                </li>
              ))}
            </ul>
          </Surface>
        </div>
      )}
    </div>
  );
}
