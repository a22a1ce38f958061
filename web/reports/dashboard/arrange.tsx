import { ActionIcon, Button, Select } from "@mantine/core";
import { ArrowDownIcon, ArrowUpIcon, XIcon } from "@primer/octicons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { dropDashboard, listReports, readDashboard, saveDashboard } from "../../../server/intelligence/reports/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { ErrorNote } from "../../ui/error-state.tsx";
import { useAction, useEndpoint } from "../../ui/query.ts";
import { SidePanel } from "../../ui/side-panel.tsx";
import { useReportWords } from "../words.ts";
import classes from "./dashboard.module.css";

const REPORTS_MAX = 12;

interface ArrangeProps {
  board: AnswerOf<typeof readDashboard>;
  onClose: () => void;
}

/** Which reports one begins with and in which order: for oneself, or for everybody of a role. */
export function Arrange({ board, onClose }: ArrangeProps) {
  const { t } = useTranslation(["reports", "app"]);
  const words = useReportWords(undefined);
  const list = useEndpoint(listReports, {});
  const [ids, setIds] = useState<readonly string[]>(board.reports.map(({ reportId }) => reportId));
  const [roleId, setRoleId] = useState("");
  const save = useAction(saveDashboard, { refreshes: [readDashboard], onDone: onClose });
  const drop = useAction(dropDashboard, { refreshes: [readDashboard], onDone: onClose });
  const reports = list.data?.reports ?? board.reports;
  const nameOf = (id: string) => {
    const report = reports.find(({ reportId }) => reportId === id);
    return report === undefined ? id : words.report(report);
  };
  const move = (at: number, by: number) => {
    const next = [...ids];
    const [one] = next.splice(at, 1);
    if (one !== undefined) next.splice(at + by, 0, one);
    setIds(next);
  };
  return (
    <SidePanel opened onClose={onClose} title={t("dashboard.arrange")}>
      <div className={classes.form}>
        <ol className={classes.order}>
          {ids.map((id, at) => (
            <li key={id}>
              <bdi>{nameOf(id)}</bdi>
              <ActionIcon
                variant="subtle"
                disabled={at === 0}
                aria-label={t("dashboard.up", { name: nameOf(id) })}
                onClick={() => move(at, -1)}
              >
                <ArrowUpIcon size={14} />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                disabled={at === ids.length - 1}
                aria-label={t("dashboard.down", { name: nameOf(id) })}
                onClick={() => move(at, 1)}
              >
                <ArrowDownIcon size={14} />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t("dashboard.remove", { name: nameOf(id) })}
                onClick={() => setIds(ids.filter((one) => one !== id))}
              >
                <XIcon size={14} />
              </ActionIcon>
            </li>
          ))}
        </ol>
        <Select
          label={t("dashboard.add")}
          searchable
          disabled={ids.length >= REPORTS_MAX}
          data={reports.flatMap((report) =>
            ids.includes(report.reportId) ? [] : [{ value: report.reportId, label: words.report(report) }],
          )}
          value={null}
          onChange={(id) => id !== null && setIds([...ids, id])}
        />
        {board.roles.length > 0 && (
          <Select
            label={t("dashboard.for")}
            allowDeselect={false}
            data={[
              { value: "", label: t("dashboard.me") },
              ...board.roles.map((role) => ({ value: role, label: t(`app:roles.${role}`, { defaultValue: role }) })),
            ]}
            value={roleId}
            onChange={(value) => setRoleId(value ?? "")}
          />
        )}
        <ErrorNote error={save.error ?? drop.error} />
        <Button
          loading={save.isPending}
          onClick={() => save.mutate({ body: { roleId: roleId === "" ? null : roleId, reportIds: [...ids] } } as never)}
        >
          {t("dashboard.save")}
        </Button>
        {board.own && (
          <Button variant="default" loading={drop.isPending} onClick={() => drop.mutate({} as never)}>
            {t("dashboard.drop")}
          </Button>
        )}
      </div>
    </SidePanel>
  );
}
