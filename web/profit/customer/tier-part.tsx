import { Button, Select, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { appealTier, readCustomerValue } from "../../../server/intelligence/profit/contract.ts";
import { DateText } from "../../ui/date-text.tsx";
import { notify } from "../../ui/notify.tsx";
import { useAction } from "../../ui/query.ts";
import { isReason, ReasonField } from "../../ui/reason-field.tsx";
import { StateMark } from "../../ui/state-mark.tsx";
import { Surface } from "../../ui/surface.tsx";
import { useCan } from "../../ui/viewer.tsx";
import type { CustomerValue } from "../answers.ts";
import { AppealNote } from "../appeal-note.tsx";
import { ProfitProblem } from "../problem.tsx";
import classes from "../profit.module.css";
import { useReasonWords } from "../reasons.tsx";
import { useWords } from "../words.ts";

const REASON_MIN = 10;

/** The tier with its reasons and its history, and the way to ask for another. */
export function TierPart({ id, value }: { id: string; value: CustomerValue }) {
  const { t } = useTranslation("profit");
  const words = useWords();
  const reasonOf = useReasonWords(value.currency);
  const mayAppeal = useCan("value:dispute") && value.tier !== null && !value.appeals.some(({ state }) => state === "asked");
  const [asking, setAsking] = useState(false);
  return (
    <Surface title={t("tier.title")} aside={value.tier !== null && <StateMark tone="accent">{words("tiers", value.tier.name)}</StateMark>}>
      <Stack gap="md">
        {value.tier === null ? (
          <p className={classes.note}>{t("tier.none")}</p>
        ) : (
          <>
            <ul className={classes.reasons}>
              {value.tier.reasons.map((reason) => (
                <li key={reason.code}>{reasonOf(reason)}</li>
              ))}
            </ul>
            <p className={classes.note}>
              {t("tier.since")} <DateText value={value.tier.since} />
            </p>
          </>
        )}
        {value.appeals.map((appeal) => (
          <AppealNote key={appeal.appealId} appeal={appeal} />
        ))}
        {mayAppeal && !asking && (
          <Button variant="default" onClick={() => setAsking(true)}>
            {t("tier.appeal")}
          </Button>
        )}
        {mayAppeal && asking && <AppealForm id={id} value={value} onDone={() => setAsking(false)} />}
        {value.moves.length > 0 && (
          <div>
            <h3 className={classes.heading}>{t("tier.history")}</h3>
            <ul className={classes.list}>
              {value.moves.map(({ fromTier, toTier, onDay, reasons }) => (
                <li key={`${onDay} ${toTier}`}>
                  <span className={classes.who}>
                    <span>
                      {fromTier === null
                        ? words("tiers", toTier)
                        : t("tier.move", { from: words("tiers", fromTier), to: words("tiers", toTier) })}
                    </span>
                    <span className={classes.note}>{reasons.map(reasonOf).join(" ")}</span>
                  </span>
                  <span className={classes.note}>
                    <DateText value={onDay} />
                  </span>
                </li>
              ))}
            </ul>
          </div>
        )}
      </Stack>
    </Surface>
  );
}

function AppealForm({ id, value, onDone }: { id: string; value: CustomerValue; onDone: () => void }) {
  const { t } = useTranslation("profit");
  const words = useWords();
  const others = value.tiers.filter((name) => name !== value.tier?.name);
  const [tier, setTier] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const appeal = useAction(appealTier, {
    refreshes: [readCustomerValue],
    onDone: () => {
      void notify({ message: t("tier.asked"), tone: "good" });
      onDone();
    },
  });
  const ready = tier !== null && isReason(reason, REASON_MIN);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) appeal.mutate({ params: { customerId: id }, body: { tier, reason: reason.trim() } });
      }}
    >
      <Stack gap="sm">
        <Select
          label={t("tier.wanted")}
          required
          data={others.map((name) => ({ value: name, label: words("tiers", name) }))}
          value={tier}
          onChange={setTier}
        />
        <ReasonField label={t("tier.why")} description={t("tier.whyNote")} value={reason} onValue={setReason} />
        <ProfitProblem error={appeal.error} />
        <div className={classes.actions}>
          <Button variant="default" onClick={onDone}>
            {t("cancel")}
          </Button>
          <Button type="submit" disabled={!ready} loading={appeal.isPending}>
            {t("tier.send")}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
