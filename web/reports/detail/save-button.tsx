import { Button, Checkbox, Modal, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { changeReport, createReport, listReports, readDashboard, readReport } from "../../../server/intelligence/reports/contract.ts";
import { ErrorNote } from "../../ui/error-state.tsx";
import { notify } from "../../ui/notify.tsx";
import { useAction } from "../../ui/query.ts";
import type { Definition, Report } from "../answers.ts";
import classes from "./detail.module.css";

interface SaveButtonProps {
  /** null: a new one. */
  report: Report | null;
  definition: Definition;
  onSaved: (reportId: string) => void;
}

const refreshes = [listReports, readReport, readDashboard] as const;

/** Keeps a new report, a new version of an own one, or a copy of another's. */
export function SaveButton({ report, definition, onSaved }: SaveButtonProps) {
  const { t } = useTranslation("reports");
  const isOwn = report?.own === true;
  const [opened, setOpened] = useState(false);
  const [name, setName] = useState(isOwn ? report.name : "");
  const [note, setNote] = useState(isOwn ? (report.note ?? "") : "");
  const [shared, setShared] = useState(isOwn && report.shared);
  const [asCopy, setAsCopy] = useState(false);
  const done = (reportId: string) => {
    setOpened(false);
    void notify({ message: t("save.done") });
    onSaved(reportId);
  };
  const create = useAction(createReport, { refreshes, onDone: ({ reportId }) => done(reportId) });
  const change = useAction(changeReport, { refreshes, onDone: () => done(report?.reportId ?? "") });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = { name: name.trim(), note: note.trim() === "" ? null : note.trim(), shared, definition };
    if (isOwn && !asCopy) change.mutate({ params: { reportId: report.reportId }, body: { ...body, version: report.version } } as never);
    else create.mutate({ body } as never);
  };
  return (
    <>
      <Button onClick={() => setOpened(true)}>{t("save.open")}</Button>
      <Modal opened={opened} onClose={() => setOpened(false)} title={t("save.title")}>
        <form onSubmit={submit} className={classes.form}>
          <TextInput
            label={t("save.name")}
            required
            maxLength={100}
            dir="auto"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
          <TextInput
            label={t("save.note")}
            maxLength={1000}
            dir="auto"
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Checkbox
            label={t("save.shared")}
            description={t("save.sharedText")}
            checked={shared}
            onChange={(event) => setShared(event.currentTarget.checked)}
          />
          {isOwn && <Checkbox label={t("save.copy")} checked={asCopy} onChange={(event) => setAsCopy(event.currentTarget.checked)} />}
          <ErrorNote error={create.error ?? change.error} />
          <Button type="submit" loading={create.isPending || change.isPending} disabled={name.trim() === ""}>
            {t("save.save")}
          </Button>
        </form>
      </Modal>
    </>
  );
}
