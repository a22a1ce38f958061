import { ActionIcon, Button, Select, Textarea, TextInput } from "@mantine/core";
import { TrashIcon } from "@primer/octicons-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ruleActions } from "../../../server/intelligence/fraud/contract.ts";
import { readRuleWords } from "../../../server/intelligence/fraud/rule-sets/contract.ts";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint } from "../../ui/query.ts";
import classes from "../fraud.module.css";
import { useStartWords } from "../start-words.ts";
import type { Problem, RuleDraft } from "./rule-set.ts";
import { suggestionsAt, withWord } from "./suggestions.ts";

interface RuleFieldsProps {
  rule: RuleDraft;
  readOnly: boolean;
  problem: Problem | null;
  onChange: (rule: RuleDraft) => void;
  onRemove: (() => void) | null;
}

export function RuleFields({ rule, readOnly, problem, onChange, onRemove }: RuleFieldsProps) {
  const { t } = useTranslation("fraud");
  const format = useFormat();
  const startWords = useStartWords();
  const error =
    problem === null
      ? undefined
      : problem.column === null
        ? problem.reason
        : t("rules.column", { n: format.number(problem.column), reason: `\u2068${problem.reason}\u2069` });
  return (
    <div className={classes.rule}>
      <TextInput
        label={t("rules.name")}
        value={rule.name}
        dir="auto"
        readOnly={readOnly}
        maxLength={60}
        onChange={(event) => onChange({ ...rule, name: event.currentTarget.value })}
      />
      <div>
        <Expression rule={rule} readOnly={readOnly} error={error} column={problem?.column ?? null} onChange={onChange} />
        <Textarea
          label={t("rules.noteField")}
          value={readOnly ? startWords(rule.note ?? "") : (rule.note ?? "")}
          readOnly={readOnly}
          dir="auto"
          autosize
          maxLength={500}
          onChange={(event) => onChange({ ...rule, note: event.currentTarget.value })}
        />
      </div>
      <Select
        label={t("rules.action")}
        data={ruleActions.map((value) => ({ value, label: t(`actions.${value}`) }))}
        value={rule.action ?? "review"}
        readOnly={readOnly}
        allowDeselect={false}
        onChange={(value) => onChange({ ...rule, action: value as (typeof ruleActions)[number] })}
      />
      {!readOnly && onRemove !== null && (
        <ActionIcon variant="subtle" mt={26} aria-label={t("rules.remove", { name: rule.name })} onClick={onRemove}>
          <TrashIcon size={16} />
        </ActionIcon>
      )}
    </div>
  );
}

interface ExpressionProps {
  rule: RuleDraft;
  readOnly: boolean;
  error: string | undefined;
  column: number | null;
  onChange: (rule: RuleDraft) => void;
}

/** The text of a rule; a click on the error goes to its place, and words that begin like the one being written are offered. */
function Expression({ rule, readOnly, error, column, onChange }: ExpressionProps) {
  const { t } = useTranslation("fraud");
  const field = useRef<HTMLTextAreaElement>(null);
  const [caret, setCaret] = useState<number | null>(null);
  const words = useEndpoint(readRuleWords, {}, { enabled: !readOnly, staleMs: Number.POSITIVE_INFINITY }).data;
  const offered = words === undefined || caret === null ? [] : suggestionsAt(rule.when, caret, words);
  const goTo = (place: number) => {
    field.current?.focus();
    field.current?.setSelectionRange(place, place);
    setCaret(place);
  };
  return (
    <>
      <Textarea
        ref={field}
        label={t("rules.when")}
        value={rule.when}
        readOnly={readOnly}
        autosize
        maxLength={2_000}
        spellCheck={false}
        classNames={{ input: classes.code ?? "" }}
        error={
          error === undefined ? undefined : (
            <button type="button" className={classes.place} onClick={() => column !== null && goTo(column - 1)}>
              {error}
            </button>
          )
        }
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onChange={(event) => onChange({ ...rule, when: event.currentTarget.value })}
      />
      {!readOnly && offered.length > 0 && (
        <fieldset className={classes.words} aria-label={t("rules.suggestions")}>
          {offered.map((word) => (
            <Button
              key={word}
              size="compact-xs"
              variant="default"
              className={classes.code ?? ""}
              onClick={() => {
                const next = withWord(rule.when, caret ?? 0, word);
                onChange({ ...rule, when: next.text });
                requestAnimationFrame(() => goTo(next.caret));
              }}
            >
              {word}
            </Button>
          ))}
        </fieldset>
      )}
    </>
  );
}
