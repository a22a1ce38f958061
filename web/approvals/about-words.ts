import { useTranslation } from "react-i18next";
import type { listApprovals } from "../../server/governance/approvals/contract.ts";
import type { AnswerOf } from "../ui/api.ts";
import { useFormat } from "../ui/preferences.tsx";
import { useActWords, useWordsOf } from "./use-words.ts";

type Asked = Pick<AnswerOf<typeof listApprovals>["approvals"][number], "action" | "about">;

/** The areas whose words name what an act is about. */
const areas: Readonly<Record<string, string>> = {
  "retention_rule.changed": "privacy:",
  "purpose.basis_changed": "privacy:",
  "consent_text.published": "privacy:",
  "model.approved": "models:",
  "model.deployed": "models:",
  "egress.raised": "confidential:",
};

/** What requests are about, as their areas call it; by the name the act gave it where nobody has other words. */
export function useAboutWords(requests: readonly Asked[]): (one: Asked) => string {
  const { t } = useTranslation("approvals");
  const format = useFormat();
  const act = useActWords();
  useWordsOf(requests.flatMap(({ action }) => areas[action] ?? []));
  return ({ action, about }) => {
    const parts = about.split(" ");
    switch (action) {
      case "retention_rule.changed":
        return t(`privacy:rules.${about}`, { defaultValue: about });
      case "purpose.basis_changed":
      case "consent_text.published":
        return t(`privacy:purposes.${about}`, { defaultValue: about });
      case "approval_policy.changed":
        return act(about);
      case "profit_parameters.approved":
      case "fraud_rules.activated":
      case "credit_policy.activated":
        return /^\d+$/.test(about) ? t("version", { n: Number(about) }) : about;
      case "model.approved":
      case "model.deployed": {
        const [model = about, version, place] = parts;
        const names = [
          t(`models:names.${model}`, { defaultValue: model }),
          ...(version === undefined || version === "0" ? [] : [t("version", { n: Number(version) })]),
          ...(place === undefined ? [] : [t(`models:deployments.${place}`, { defaultValue: place })]),
        ];
        return names.join(" · ");
      }
      case "egress.raised": {
        // Whose, which rows, and what keeps two people of one name apart, which nobody reads.
        const [name, rows] = about.split(" · ");
        return `\u2068${name}\u2069 · ${t(`confidential:budget.${rows}`, { defaultValue: rows ?? "" })}`;
      }
      case "customer.erasure_approved":
        return format.code(about);
      default:
        return about;
    }
  };
}
