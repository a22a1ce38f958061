import { Button, Group, NumberInput, Skeleton, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { changeRetentionRule, listRetentionRules } from "../../../server/customers/retention/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { ErrorState } from "../../ui/error-state.tsx";
import { notify } from "../../ui/notify.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useAction, useEndpoint } from "../../ui/query.ts";
import { isReason, ReasonField } from "../../ui/reason-field.tsx";
import { SidePanel } from "../../ui/side-panel.tsx";
import { StateMark } from "../../ui/state-mark.tsx";
import { Surface } from "../../ui/surface.tsx";
import classes from "../privacy.module.css";
import { ProblemNote } from "../problem-note.tsx";
import { OverduePart } from "./overdue-part.tsx";

type Rule = AnswerOf<typeof listRetentionRules>["rules"][number];

/** How long what is kept, and what is over its term. */
export function RetentionPage() {
  const { t } = useTranslation("privacy");
  const list = useEndpoint(listRetentionRules, {});
  const [changing, setChanging] = useState<Rule | null>(null);
  const close = () => setChanging(null);
  return (
    <div className={classes.page}>
      <PageHeader title={t("retention.title")} note={t("retention.note")} />
      <OverduePart />
      {list.error && <ErrorState error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Skeleton height={240} />}
      {list.data !== undefined && (
        <Surface title={t("retention.rules")} padding="none">
          <ul className={classes.rows}>
            {list.data.rules.map((rule) => (
              <RuleLine key={rule.name} rule={rule} onChange={() => setChanging(rule)} />
            ))}
          </ul>
        </Surface>
      )}
      <SidePanel opened={changing !== null} onClose={close} title={changing === null ? "" : t(`rules.${changing.name}`)}>
        {changing !== null && <RuleForm rule={changing} onDone={close} />}
      </SidePanel>
    </div>
  );
}

/** Until the bank changes a rule its reason is the product's, and stands in every language. */
const isOwnReason = ({ version }: Rule): boolean => version > 1;

function RuleLine({ rule, onChange }: { rule: Rule; onChange: () => void }) {
  const { t } = useTranslation("privacy");
  return (
    <li>
      <div className={classes.grow}>
        <strong>{t(`rules.${rule.name}`)}</strong>
        <p className={classes.quiet}>
          <bdi>{isOwnReason(rule) ? rule.reason : t(`ruleReasons.${rule.name}`, { defaultValue: rule.reason })}</bdi>
        </p>
      </div>
      <div className={classes.marks}>
        {rule.legal && <StateMark tone="accent">{t("retention.legal")}</StateMark>}
        <span>
          {rule.months === null
            ? t("retention.noEnd")
            : t("retention.monthsFrom", {
                count: rule.months,
                event: t(`retention.from.${rule.name === "staff_accounts" ? "account_closed" : rule.fromEvent}`),
              })}
        </span>
        {rule.fromEvent !== "never" && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={onChange}
            aria-label={`${t("retention.change")}: ${t(`rules.${rule.name}`)}`}
          >
            {t("retention.change")}
          </Button>
        )}
      </div>
    </li>
  );
}

function RuleForm({ rule, onDone }: { rule: Rule; onDone: () => void }) {
  const { t } = useTranslation("privacy");
  const [months, setMonths] = useState<number | string>(rule.months ?? "");
  const [reason, setReason] = useState(rule.reason);
  const change = useAction(changeRetentionRule, {
    refreshes: [listRetentionRules],
    onDone: () => {
      void notify({ tone: "good", message: t("retention.asked") });
      onDone();
    },
  });
  const wanted = months === "" ? null : Number(months);
  const ready = isReason(reason) && (wanted !== rule.months || reason.trim() !== rule.reason);
  return (
    <Stack gap="md">
      <p>{t("retention.changeNote")}</p>
      <NumberInput
        label={t("retention.months")}
        description={t("retention.monthsNote")}
        min={0}
        max={1200}
        allowDecimal={false}
        value={months}
        onChange={setMonths}
      />
      <ReasonField label={t("retention.why")} value={reason} onValue={setReason} />
      <ProblemNote error={change.error} />
      <Group>
        <Button
          disabled={!ready}
          loading={change.isPending}
          onClick={() =>
            change.mutate({
              params: { name: rule.name },
              body: { months: wanted, reason: reason.trim(), version: rule.version },
            })
          }
        >
          {t("retention.ask")}
        </Button>
      </Group>
    </Stack>
  );
}
