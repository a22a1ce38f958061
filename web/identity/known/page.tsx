import { Alert, Button } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "../../ui/error-state.tsx";
import { loadChineseFaces } from "../../ui/fonts.ts";
import { PageHeader } from "../../ui/page-header.tsx";
import { Surface } from "../../ui/surface.tsx";
import { UnsavedChangesGuard } from "../../ui/unsaved-changes.tsx";
import { useCan } from "../../ui/viewer.tsx";
import { MayBeSame } from "../may-be-same.tsx";
import { EntryFields } from "./entry-fields.tsx";
import classes from "./known.module.css";
import { KnownFields } from "./known-fields.tsx";
import { nothingTyped, recordOf, type Typed } from "./typed.ts";
import { useEntry } from "./use-entry.ts";

/** Somebody stands at the desk: is this customer known already, under whatever spelling or script? Who may, enters a new one from here. */
export function KnownPage() {
  const { t } = useTranslation("identity");
  const [typed, setTyped] = useState(nothingTyped);
  const mayEnter = useCan("customer:create");
  useEffect(() => void loadChineseFaces(), []);
  return (
    <div className={classes.page}>
      <PageHeader title={t(mayEnter ? "entry.title" : "known.title")} note={t(mayEnter ? "entry.note" : "known.note")} />
      <div className={classes.layout}>
        <Surface title={t("known.typed")}>
          {mayEnter ? (
            <EntryForm typed={typed} onTyped={setTyped} />
          ) : (
            <div className={classes.fields}>
              <KnownFields typed={typed} onTyped={setTyped} />
            </div>
          )}
        </Surface>
        <div className={classes.found}>
          <Surface title={t("known.found")}>
            <MayBeSame record={recordOf(typed)} />
          </Surface>
        </div>
      </div>
    </div>
  );
}

function EntryForm({ typed, onTyped }: { typed: Typed; onTyped: (typed: Typed) => void }) {
  const { t } = useTranslation("identity");
  const { enter, wrong, sameIds, error, busy, ready } = useEntry(typed);
  const isSure = sameIds.length > 0;
  return (
    <form
      className={classes.fields}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) enter([]);
      }}
    >
      <KnownFields typed={typed} onTyped={onTyped} wrong={wrong} />
      <EntryFields typed={typed} onTyped={onTyped} wrong={wrong} />
      {isSure ? (
        <Alert color="yellow" title={t("entry.sure", { n: sameIds.length })} role="alert">
          <p className={classes.sure}>{t("entry.sureText")}</p>
          <Button variant="default" loading={busy} onClick={() => enter(sameIds)}>
            {t("entry.somebodyElse")}
          </Button>
        </Alert>
      ) : (
        <>
          <ErrorNote error={error} />
          <Button type="submit" disabled={!ready} loading={busy}>
            {t("entry.enter")}
          </Button>
        </>
      )}
      <UnsavedChangesGuard when={typed.fullName !== "" && !busy} />
    </form>
  );
}
