import { Button, Skeleton, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { previewRetention, runRetention } from "../../../server/customers/retention/contract.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { DateText } from "../../ui/date-text.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { notify } from "../../ui/notify.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useAction, useEndpoint } from "../../ui/query.ts";
import { Surface } from "../../ui/surface.tsx";
import classes from "../privacy.module.css";
import { useTableName } from "../table-name.ts";

/** What a run would delete today: counted first, deleted only after a look. */
export function OverduePart() {
  const { t } = useTranslation("privacy");
  const format = useFormat();
  const tableName = useTableName();
  const [asked, setAsked] = useState(false);
  const [sure, setSure] = useState(false);
  const [ran, setRan] = useState(false);
  const preview = useEndpoint(previewRetention, {}, { enabled: asked, staleMs: 0 });
  const run = useAction(runRetention, {
    onDone: () => {
      setSure(false);
      setRan(true);
      void notify({ tone: "good", message: t("retention.running") });
    },
  });
  const lines = (preview.data?.overdue ?? []).filter(({ rows }) => rows > 0);
  const customers = preview.data?.customers ?? 0;
  const nothing = preview.data !== undefined && lines.length === 0 && customers === 0;
  return (
    <Surface
      title={t("retention.overdue")}
      aside={
        <Button
          size="compact-sm"
          variant="default"
          loading={preview.isFetching}
          onClick={() => {
            setRan(false);
            if (asked) void preview.refetch();
            else setAsked(true);
          }}
        >
          {t("retention.count")}
        </Button>
      }
    >
      <Stack gap="sm">
        {!asked && <p className={classes.quiet}>{t("retention.countNote")}</p>}
        {preview.error && <ErrorState error={preview.error} retry={() => void preview.refetch()} />}
        {asked && preview.isPending && <Skeleton height={80} />}
        {ran && <p className={classes.quiet}>{t("retention.ran")}</p>}
        {!ran && nothing && <p className={classes.quiet}>{t("retention.nothing")}</p>}
        {!ran && preview.data !== undefined && !nothing && (
          <>
            <ul className={classes.rows}>
              {lines.map((line) => (
                <li key={line.table}>
                  <span className={classes.grow}>
                    {t(`rules.${line.rule}`)} · <bdi>{tableName(line.table)}</bdi>
                  </span>
                  <span>
                    <strong className="num">{format.number(line.rows)}</strong>{" "}
                    <span className={classes.quiet}>
                      {t("retention.before")} <DateText value={line.before} />
                    </span>
                  </span>
                </li>
              ))}
              {customers > 0 && (
                <li>
                  <span className={classes.grow}>{t("retention.former")}</span>
                  <strong className="num">{format.number(customers)}</strong>
                </li>
              )}
            </ul>
            <Button color="red.9" onClick={() => setSure(true)} style={{ alignSelf: "start" }}>
              {t("retention.run")}
            </Button>
          </>
        )}
        <ConfirmDialog
          opened={sure}
          onClose={() => setSure(false)}
          title={t("retention.sure")}
          confirmLabel={t("retention.run")}
          danger
          busy={run.isPending}
          error={run.error}
          onConfirm={() => run.mutate({})}
        >
          {t("retention.sureNote")}
        </ConfirmDialog>
      </Stack>
    </Surface>
  );
}
