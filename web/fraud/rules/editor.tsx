import { Button, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { checkRules } from "../../../server/intelligence/fraud/rule-sets/contract.ts";
import { call } from "../../ui/api.ts";
import { Surface } from "../../ui/surface.tsx";
import { useCan } from "../../ui/viewer.tsx";
import { PolicyFields } from "./policy-fields.tsx";
import { RuleFields } from "./rule-fields.tsx";
import type { Problem, RuleDocument, RuleDraft, RuleSetView } from "./rule-set.ts";
import { SetActs } from "./set-acts.tsx";

/** Rules as fields while they are a draft one may change; read only otherwise. */
export function Editor({ set, isTested }: { set: RuleSetView["set"]; isTested: boolean }) {
  const { t } = useTranslation("fraud");
  const mayWrite = useCan("fraud:rules") && set.state === "draft";
  const [title, setTitle] = useState(set.title);
  const [document, setDocument] = useState<RuleDocument>(set.document);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const isChanged = title !== set.title || document !== set.document;
  const check = async (next: RuleDocument) => setProblems((await call(checkRules, { body: { document: next } })).problems);
  const change = (next: RuleDocument) => {
    setDocument(next);
    void check(next).catch(() => setProblems([]));
  };
  const changeRule = (place: number, rule: RuleDraft) => change({ ...document, rules: document.rules.with(place, rule) });
  return (
    <Stack gap="md" mb="md">
      <Surface title={t("rules.count", { count: document.rules.length })}>
        {mayWrite && (
          <TextInput
            label={t("rules.setName")}
            value={title}
            dir="auto"
            maxLength={100}
            onChange={(event) => setTitle(event.currentTarget.value)}
            mb="sm"
          />
        )}
        {document.rules.map((rule, place) => (
          <RuleFields
            // biome-ignore lint/suspicious/noArrayIndexKey: a rule's name changes while it is written
            key={place}
            rule={rule}
            readOnly={!mayWrite}
            problem={problems.find(({ where }) => where === rule.name || where.startsWith(`rules.${place}.`)) ?? null}
            onChange={(next) => changeRule(place, next)}
            onRemove={document.rules.length > 1 ? () => change({ ...document, rules: document.rules.toSpliced(place, 1) }) : null}
          />
        ))}
        {mayWrite && (
          <Button
            mt="sm"
            variant="default"
            onClick={() =>
              change({
                ...document,
                rules: [...document.rules, { name: `rule-${document.rules.length + 1}`, when: "amount > 1000", action: "review" }],
              })
            }
          >
            {t("rules.add")}
          </Button>
        )}
      </Surface>
      <Surface title={t("rules.policy")}>
        <PolicyFields policy={document.policy} readOnly={!mayWrite} onChange={(policy) => change({ ...document, policy })} />
      </Surface>
      <SetActs set={set} draft={{ title, document }} isChanged={isChanged} isSound={problems.length === 0} isTested={isTested} />
    </Stack>
  );
}
