import { Button, Skeleton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listPurposes } from "../../../server/customers/consents/contract.ts";
import { ErrorState } from "../../ui/error-state.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { SidePanel } from "../../ui/side-panel.tsx";
import { StateMark } from "../../ui/state-mark.tsx";
import { Surface } from "../../ui/surface.tsx";
import type { Purpose } from "../answers.ts";
import classes from "../privacy.module.css";
import { BasisForm } from "./basis-form.tsx";
import { TextsPanel } from "./texts-panel.tsx";

type Opened = { readonly what: "basis" | "texts"; readonly purpose: Purpose };

/** What the bank contacts and profiles its customers for, on which basis, and by which words. */
export function PurposesPage() {
  const { t } = useTranslation("privacy");
  const list = useEndpoint(listPurposes, {});
  const [opened, setOpened] = useState<Opened | null>(null);
  const close = () => setOpened(null);
  return (
    <div className={classes.page}>
      <PageHeader title={t("purposesPage.title")} note={t("purposesPage.note")} />
      {list.error && <ErrorState error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Skeleton height={320} />}
      {list.data !== undefined && (
        <Surface padding="none">
          <ul className={classes.rows}>
            {list.data.purposes.map((purpose) => (
              <PurposeLine key={purpose.purpose} purpose={purpose} onOpen={(what) => setOpened({ what, purpose })} />
            ))}
          </ul>
        </Surface>
      )}
      <SidePanel
        opened={opened !== null}
        onClose={close}
        title={opened === null ? "" : t(`purposes.${opened.purpose.purpose}`)}
        size={opened?.what === "texts" ? 640 : 480}
      >
        {opened?.what === "basis" && <BasisForm purpose={opened.purpose} onDone={close} />}
        {opened?.what === "texts" && <TextsPanel purpose={opened.purpose} onDone={close} />}
      </SidePanel>
    </div>
  );
}

function PurposeLine({ purpose, onOpen }: { purpose: Purpose; onOpen: (what: Opened["what"]) => void }) {
  const { t } = useTranslation("privacy");
  const format = useFormat();
  const name = t(`purposes.${purpose.purpose}`);
  return (
    <li>
      <div className={classes.grow}>
        <strong>{name}</strong>
        <p className={classes.quiet}>{t(`purposesPage.about.${purpose.purpose}`)}</p>
        {purpose.changedAt !== null && (
          <p className={classes.quiet}>
            <bdi>{purpose.reason}</bdi> · <bdi>{purpose.changedByName}</bdi>, {format.date(purpose.changedAt)}
          </p>
        )}
      </div>
      <div className={classes.marks}>
        <StateMark tone="accent">{t(`bases.${purpose.lawfulBasis}`)}</StateMark>
        {purpose.directMarketing && <StateMark tone="quiet">{t("purposesPage.directMarketing")}</StateMark>}
        {purpose.bases.length > 1 && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => onOpen("basis")}
            aria-label={`${t("purposesPage.changeBasis")}: ${name}`}
          >
            {t("purposesPage.changeBasis")}
          </Button>
        )}
        {purpose.text !== null && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => onOpen("texts")}
            aria-label={`${t("purposesPage.words", { n: format.number(purpose.text.version) })}: ${name}`}
          >
            {t("purposesPage.words", { n: format.number(purpose.text.version) })}
          </Button>
        )}
      </div>
    </li>
  );
}
