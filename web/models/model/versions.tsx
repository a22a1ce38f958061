import { Button, Checkbox } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { AppLink } from "../../ui/app-link.tsx";
import { RelativeTime } from "../../ui/date-text.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { StateMark } from "../../ui/state-mark.tsx";
import { Surface } from "../../ui/surface.tsx";
import { useCan } from "../../ui/viewer.tsx";
import { WideTable } from "../../ui/wide-table.tsx";
import classes from "../models.module.css";
import type { ModelDetail, VersionSummary } from "../models.ts";
import { stateTones } from "../words.ts";
import { type Act, ActDialog } from "./act-dialog.tsx";
import { Comparison } from "./comparison.tsx";

/** Every version with what may be done with it. Two can be put beside each other. */
export function Versions({ detail, onLook }: { detail: ModelDetail; onLook: (version: number) => void }) {
  const { t } = useTranslation("models");
  const [act, setAct] = useState<Act | null>(null);
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const choose = (version: number) =>
    setChosen((before) => (before.includes(version) ? before.filter((one) => one !== version) : [...before, version].slice(-2)));
  const [a, b] = [...chosen].sort((one, other) => one - other);
  return (
    <Surface title={t("page.versions")} padding="none">
      <WideTable label={t("page.versions")} className={classes.table}>
        <thead>
          <tr>
            {(["version", "state", "trained", "by", "auc", "decided"] as const).map((name) => (
              <th key={name} scope="col">
                {t(`versions.${name}`)}
              </th>
            ))}
            <th scope="col">{t("act.compare")}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {detail.versions.map((version) => (
            <Row
              key={version.version}
              version={version}
              detail={detail}
              isChosen={chosen.includes(version.version)}
              onChoose={() => choose(version.version)}
              onAct={setAct}
              onLook={onLook}
            />
          ))}
        </tbody>
      </WideTable>
      {a !== undefined && b !== undefined && <Comparison modelId={detail.model.modelId} a={a} b={b} />}
      {act !== null && <ActDialog modelId={detail.model.modelId} act={act} onClose={() => setAct(null)} />}
    </Surface>
  );
}

interface RowProps {
  version: VersionSummary;
  detail: ModelDetail;
  isChosen: boolean;
  onChoose: () => void;
  onAct: (act: Act) => void;
  onLook: (version: number) => void;
}

function Row({ version, detail, isChosen, onChoose, onAct, onLook }: RowProps) {
  const { t } = useTranslation("models");
  const format = useFormat();
  const name = t("list.version", { n: format.number(version.version) });
  return (
    <tr data-chosen={isChosen || undefined}>
      <th scope="row">
        <Button variant="subtle" size="compact-sm" onClick={() => onLook(version.version)}>
          {name}
        </Button>
      </th>
      <td>
        <StateMark tone={stateTones[version.state]}>{t(`states.${version.state}`)}</StateMark>
        {!version.isIntact && <p className={classes.alarm}>{t("act.altered")}</p>}
      </td>
      <td>
        <RelativeTime value={version.trainedAt} />
      </td>
      <td>
        <bdi>{version.trainedByName}</bdi>
      </td>
      <td className="num">{format.percent(version.auc, 1)}</td>
      <td>
        <Decided version={version} />
      </td>
      <td>
        <Checkbox aria-label={`${t("act.compare")}: ${name}`} checked={isChosen} onChange={onChoose} />
      </td>
      <td>
        <Acts version={version} detail={detail} onAct={onAct} />
      </td>
    </tr>
  );
}

function Acts({ version, detail, onAct }: { version: VersionSummary; detail: ModelDetail; onAct: (act: Act) => void }) {
  const { t } = useTranslation("models");
  const [mayApprove, mayTrain] = [useCan("model:approve"), useCan("model:train")];
  const button = (act: Act, label: string, filled = false) => (
    <Button key={label} size="compact-sm" variant={filled ? "filled" : "default"} onClick={() => onAct(act)}>
      {label}
    </Button>
  );
  const of = { version: version.version };
  const buttons = [];
  if ((mayTrain || mayApprove) && version.isIntact) {
    const served = detail.deployments.some((one) => one.place === "champion" && one.version === version.version);
    const mayServe = detail.model.championLearners.includes(version.learner);
    if (mayServe && (version.state === "approved" || version.state === "shadow"))
      buttons.push(served ? button({ kind: "back", ...of }, t("act.back")) : button({ kind: "deploy", ...of }, t("act.deploy"), true));
    if (version.state === "approved" && detail.model.champion !== null) buttons.push(button({ kind: "shadow", ...of }, t("act.shadow")));
    if (version.state === "shadow") buttons.push(button({ kind: "clear", ...of }, t("act.clear")));
  }
  return (
    <div className={classes.actions}>
      {version.state === "trained" && version.isOwn && mayApprove && <span className={classes.quiet}>{t("act.own")}</span>}
      {version.state === "trained" && !version.isOwn && mayApprove && <AppLink to="/approvals">{t("act.decide")}</AppLink>}
      {buttons}
    </div>
  );
}

function Decided({ version: { approval } }: { version: VersionSummary }) {
  if (approval?.deciderName == null) return "–";
  return <bdi>{approval.deciderName}</bdi>;
}
