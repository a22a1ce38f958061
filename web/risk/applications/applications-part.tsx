import { Button } from "@mantine/core";
import { PlusIcon } from "@primer/octicons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listCreditApplications } from "../../../server/intelligence/credit/applications/contract.ts";
import { AppLink } from "../../ui/app-link.tsx";
import { Money } from "../../ui/money.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { SidePanel } from "../../ui/side-panel.tsx";
import { StateMark } from "../../ui/state-mark.tsx";
import { Surface } from "../../ui/surface.tsx";
import classes from "../risk.module.css";
import { useRiskWords } from "../words.ts";
import { ApplyForm } from "./apply-form.tsx";
import { stateTone, suggestionTone } from "./tones.ts";

const shownMax = 12;

/** Applications of one customer, with the way to enter one; or the open ones of all. */
export function ApplicationsPart({ customerId }: { customerId?: string }) {
  const { t } = useTranslation("risk");
  const format = useFormat();
  const words = useRiskWords();
  const [applying, setApplying] = useState(false);
  const query = customerId === undefined ? { state: "open" } : { customerId };
  const applications = useEndpoint(listCreditApplications, { query } as never).data?.applications ?? [];
  return (
    <Surface
      title={t(customerId === undefined ? "applications.open" : "applications.title")}
      aside={
        customerId !== undefined && (
          <Button size="xs" variant="default" leftSection={<PlusIcon size={14} />} onClick={() => setApplying(true)}>
            {t("applications.enter")}
          </Button>
        )
      }
    >
      {applications.length === 0 ? (
        <p className={classes.note}>{t(customerId === undefined ? "applications.noneOpen" : "applications.none")}</p>
      ) : (
        <ul className={classes.lines}>
          {applications.slice(0, shownMax).map((one) => (
            <li key={one.applicationId} className={classes.line}>
              <span className={classes.who}>
                <AppLink
                  to="/risk/applications/$applicationId"
                  params={{ applicationId: one.applicationId } as never}
                  className={classes.link}
                >
                  {customerId === undefined ? <bdi>{one.fullName}</bdi> : words.kind(one.kind)}
                </AppLink>
                <span className={classes.note}>
                  {customerId === undefined && `${words.kind(one.kind)} · `}
                  {format.date(one.enteredAt)} · <bdi>{one.enteredByName}</bdi>
                </span>
              </span>
              <span className={classes.mark}>
                <Money minor={one.amountMinor} currency={one.currency} />
                {one.state === "open" ? (
                  <StateMark tone={suggestionTone[one.suggestion]}>{t(`suggestions.${one.suggestion}`)}</StateMark>
                ) : (
                  <StateMark tone={stateTone[one.state]}>{t(`states.${one.state}`)}</StateMark>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
      {customerId !== undefined && (
        <SidePanel opened={applying} onClose={() => setApplying(false)} title={t("applications.enter")}>
          {applying && <ApplyForm customerId={customerId} />}
        </SidePanel>
      )}
    </Surface>
  );
}
