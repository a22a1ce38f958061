import { Alert, Button, Skeleton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { readParameters } from "../../../server/intelligence/profit/parameters/contract.ts";
import { AppLink } from "../../ui/app-link.tsx";
import { DateText } from "../../ui/date-text.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { Surface } from "../../ui/surface.tsx";
import { WideTable } from "../../ui/wide-table.tsx";
import type { ReadVersion as Read } from "../answers.ts";
import classes from "../profit.module.css";
import { EffectPart } from "./effect-part.tsx";
import { Propose } from "./propose.tsx";

interface VersionProps {
  versionNo: number;
  canManage: boolean;
  onProposed: (versionNo: number) => void;
}

/** One version: what it changes, the decision about it, what it did, and all of it as text to start a new one from. */
export function Version({ versionNo, canManage, onProposed }: VersionProps) {
  const { t } = useTranslation("profit");
  const format = useFormat();
  const answer = useEndpoint(readParameters, { params: { versionNo } } as never);
  const [editing, setEditing] = useState(false);
  if (answer.error) return <ErrorState error={answer.error} retry={() => void answer.refetch()} />;
  const read = answer.data as Read | undefined;
  if (read === undefined) return <Skeleton height={320} />;
  const { version } = read;
  return (
    <div className={classes.stack}>
      <Surface title={t("parameters.version", { n: format.number(versionNo) })}>
        <div className={classes.stack} style={{ gap: 10 }}>
          <p style={{ margin: 0 }}>
            <bdi>{version.reason}</bdi>
          </p>
          <p className={classes.note}>
            {t("parameters.holds")} <DateText value={version.validFrom} /> · <bdi>{version.proposedByName}</bdi>{" "}
            <DateText value={version.proposedAt} time />
            {version.approval?.deciderName != null && (
              <>
                {" · "}
                {t(`parameters.${version.state}`)}: <bdi>{version.approval.deciderName}</bdi>, <bdi>{version.approval.note}</bdi>
              </>
            )}
          </p>
          {version.state === "approved" && version.appliedAt === null && <Alert color="gray">{t("parameters.applying")}</Alert>}
          {version.state === "proposed" && canManage && (
            <p className={classes.note}>
              {t("parameters.ownNote")}{" "}
              <AppLink to="/approvals" search={{ request: version.approval?.requestId } as never}>
                {t("parameters.look")}
              </AppLink>
            </p>
          )}
        </div>
      </Surface>
      {read.replaces !== null && <Differences read={read} />}
      {read.effect !== null && <EffectPart effect={read.effect} currency={read.body.currency} />}
      <Surface
        title={t("parameters.figures")}
        aside={
          canManage &&
          !editing && (
            <Button size="xs" variant="default" onClick={() => setEditing(true)}>
              {t("parameters.startNew")}
            </Button>
          )
        }
      >
        {editing ? (
          <Propose yaml={read.yaml} onCancel={() => setEditing(false)} onProposed={onProposed} />
        ) : (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          <pre className={classes.mono} dir="ltr" tabIndex={0}>
            {read.yaml}
          </pre>
        )}
      </Surface>
    </div>
  );
}

function Differences({ read }: { read: Read }) {
  const { t } = useTranslation("profit");
  const format = useFormat();
  return (
    <Surface title={t("parameters.differences", { n: format.number(read.replaces ?? 0) })} padding="none">
      <WideTable label={t("parameters.differencesLabel")} className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t("parameters.figure")}</th>
            <th scope="col">{t("parameters.before")}</th>
            <th scope="col">{t("parameters.after")}</th>
          </tr>
        </thead>
        <tbody>
          {read.differences.map(({ path, before, after }) => (
            <tr key={path}>
              <th scope="row">
                <bdi dir="ltr">{path}</bdi>
              </th>
              <td className="num">{before === null ? "–" : format.code(before)}</td>
              <td className="num">{after === null ? "–" : format.code(after)}</td>
            </tr>
          ))}
          {read.differences.length === 0 && (
            <tr>
              <td colSpan={3} data-text>
                {t("parameters.same")}
              </td>
            </tr>
          )}
        </tbody>
      </WideTable>
    </Surface>
  );
}
