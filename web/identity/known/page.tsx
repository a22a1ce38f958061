import { Alert, Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useChineseNames } from "../../ui/chinese-faces.ts";
import { ErrorNote } from "../../ui/error-state.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { Surface } from "../../ui/surface.tsx";
import { UnsavedChangesGuard } from "../../ui/unsaved-changes.tsx";
import { useCan } from "../../ui/viewer.tsx";
import { MayBeSame } from "../may-be-same.tsx";
import { EntryFields } from "./entry-fields.tsx";
import classes from "./known.module.css";
import { type FieldsProps, KnownFields } from "./known-fields.tsx";
import { nothingTyped, recordOf, type Typed } from "./typed.ts";
import { useEntry } from "./use-entry.ts";

/** Somebody stands at the desk: is this customer known already, under whatever spelling or script? Who may, enters a new one from here. */
export function KnownPage() {
  const { t } = useTranslation("identity");
  const [typed, setTyped] = useState(nothingTyped);
  const put = (change: Partial<Typed>) => setTyped((before) => ({ ...before, ...change }));
  const mayEnter = useCan("customer:create");
  useChineseNames();
  const found = (
    <div className={classes.found}>
      <Surface title={t("known.found")}>
        <MayBeSame record={recordOf(typed)} />
      </Surface>
    </div>
  );
  return (
    <div className={classes.page}>
      <PageHeader title={t(mayEnter ? "entry.title" : "known.title")} note={t(mayEnter ? "entry.note" : "known.note")} />
      {mayEnter ? (
        <EntryForm typed={typed} onTyped={put} found={found} />
      ) : (
        <div className={classes.layout}>
          <Known typed={typed} onTyped={put} />
          {found}
        </div>
      )}
    </div>
  );
}

function Known(props: FieldsProps) {
  const { t } = useTranslation("identity");
  return (
    <div className={classes.known}>
      <Surface title={t("known.typed")}>
        <div className={classes.fields}>
          <KnownFields {...props} />
        </div>
      </Surface>
    </div>
  );
}

function EntryForm({ typed, onTyped, found }: FieldsProps & { found: ReactNode }) {
  const { t } = useTranslation("identity");
  const { enter, wrong, sameIds, error, busy, ready } = useEntry(typed);
  return (
    <form
      className={classes.layout}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) enter([]);
      }}
    >
      <Known typed={typed} onTyped={onTyped} wrong={wrong} />
      {found}
      <div className={classes.more}>
        <Surface title={t("entry.more")}>
          <div className={classes.fields}>
            <EntryFields typed={typed} onTyped={onTyped} wrong={wrong} />
            <div className={classes.whole}>
              {sameIds.length > 0 ? (
                <SurelyKnown count={sameIds.length} busy={busy} onElse={() => enter(sameIds)} />
              ) : (
                <>
                  <ErrorNote error={error} />
                  <Button type="submit" disabled={!ready} loading={busy} mt="xs">
                    {t("entry.enter")}
                  </Button>
                </>
              )}
            </div>
          </div>
        </Surface>
      </div>
      <UnsavedChangesGuard when={typed.fullName !== "" && !busy} />
    </form>
  );
}

function SurelyKnown({ count, busy, onElse }: { count: number; busy: boolean; onElse: () => void }) {
  const { t } = useTranslation("identity");
  return (
    <Alert color="yellow" classNames={{ title: classes.sureTitle ?? "" }} title={t("entry.sure", { n: count })} role="alert">
      <p className={classes.sure}>{t("entry.sureText")}</p>
      <Button variant="default" loading={busy} onClick={onElse}>
        {t("entry.somebodyElse")}
      </Button>
    </Alert>
  );
}
