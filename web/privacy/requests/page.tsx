import { Button, Skeleton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listErasures } from "../../../server/customers/erasure/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { DateText } from "../../ui/date-text.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { SidePanel } from "../../ui/side-panel.tsx";
import { StateMark, type StateTone } from "../../ui/state-mark.tsx";
import { Surface } from "../../ui/surface.tsx";
import { useUrlState } from "../../ui/url-state.ts";
import classes from "../privacy.module.css";
import { RequestDetail } from "./detail.tsx";
import { OpenForm } from "./open-form.tsx";

type Erasure = AnswerOf<typeof listErasures>["erasures"][number];

const tones = { asked: "accent", restricted: "warn", erased: "good", refused: "quiet" } as const satisfies Record<
  Erasure["state"],
  StateTone
>;

/** Who wishes to be erased, by when the bank must answer, and how far it is. */
export function RequestsPage() {
  const { t } = useTranslation("privacy");
  const list = useEndpoint(listErasures, {}, { staleMs: 0 });
  const [open, setOpen] = useUrlState("request", (raw) => (typeof raw === "string" ? raw : null));
  const [opening, setOpening] = useState(false);
  const close = () => setOpen(undefined);
  const erasures = list.data?.erasures ?? [];
  return (
    <div className={classes.page}>
      <PageHeader
        title={t("requests.title")}
        note={t("requests.note")}
        actions={<Button onClick={() => setOpening(true)}>{t("requests.open")}</Button>}
      />
      {list.error && <ErrorState error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Skeleton height={240} />}
      {list.data !== undefined && (
        <Surface padding={erasures.length === 0 ? "normal" : "none"}>
          {erasures.length === 0 && <EmptyState reason="data" title={t("requests.none")} />}
          <ul className={classes.rows}>
            {erasures.map((one) => (
              <RequestLine key={one.erasureId} one={one} onOpen={() => setOpen(one.erasureId)} />
            ))}
          </ul>
        </Surface>
      )}
      <SidePanel opened={opening} onClose={() => setOpening(false)} title={t("requests.open")}>
        {opening && (
          <OpenForm
            onDone={(erasureId) => {
              setOpening(false);
              setOpen(erasureId);
            }}
          />
        )}
      </SidePanel>
      <SidePanel opened={open !== null} onClose={close} title={t("requests.one")} size={620}>
        {open !== null && <RequestDetail erasureId={open} />}
      </SidePanel>
    </div>
  );
}

function RequestLine({ one, onOpen }: { one: Erasure; onOpen: () => void }) {
  const { t } = useTranslation("privacy");
  const format = useFormat();
  const late = one.state === "asked" && one.dueOn < new Date().toISOString().slice(0, 10);
  return (
    <li>
      <div className={classes.grow}>
        <strong className="num">
          <bdi>{format.code(one.customerNo)}</bdi>
        </strong>
        <p className={classes.quiet}>
          {t("requests.received")} <DateText value={one.receivedOn} /> · <bdi>{one.evidence}</bdi>
        </p>
      </div>
      <div className={classes.marks}>
        {one.state === "asked" && (
          <span className={late ? classes.late : classes.quiet}>
            {t(late ? "requests.overdue" : "requests.due")} <DateText value={one.dueOn} />
          </span>
        )}
        {one.state === "restricted" && one.nextOn !== null && (
          <span className={classes.quiet}>
            {t("requests.next")} <DateText value={one.nextOn} />
          </span>
        )}
        {one.held && <StateMark tone="warn">{t("requests.held")}</StateMark>}
        <StateMark tone={tones[one.state]}>{t(`requests.states.${one.state}`)}</StateMark>
        <Button size="compact-sm" variant="default" onClick={onOpen} aria-label={`${t("requests.look")}: ${one.customerNo}`}>
          {t("requests.look")}
        </Button>
      </div>
    </li>
  );
}
