import { useTranslation } from "react-i18next";
import type { readApproval } from "../../../server/governance/approvals/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { DateText } from "../../ui/date-text.tsx";
import { Money } from "../../ui/money.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import classes from "../approvals.module.css";
import { useWordsOf } from "../use-words.ts";

type Line = AnswerOf<typeof readApproval>["difference"][number];

/** What an erasure does, table by table: how many rows, and what becomes of them. */
const isPlan = (line: Line): boolean => line.label.startsWith("privacy:tables.");

/** What the act changes, line by line: before and after; what is new has no before. */
export function Difference({ lines }: { lines: readonly Line[] }) {
  const { t } = useTranslation("approvals");
  useWordsOf(lines.flatMap((line) => [line.label, ...(line.as === "words" ? [line.before ?? "", line.after ?? ""] : [])]));
  const plan = lines.length > 0 && lines.every(isPlan);
  const isNew = lines.every(({ before }) => before === null);
  return (
    <table className={classes.difference}>
      <caption className="visually-hidden">{t("difference")}</caption>
      <thead>
        <tr>
          <th scope="col">{t(plan ? "privacy:plan.what" : "what")}</th>
          {!isNew && <th scope="col">{t(plan ? "privacy:plan.rows" : "before")}</th>}
          <th scope="col">{t(plan ? "privacy:plan.outcome" : "after")}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line, place) => (
          // Lines of one request stand still: their place names them.
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <tr key={place}>
            <th scope="row">
              {/* Without an area it is a place in a document, not a message. */}
              {line.label.includes(":") ? (
                <span className={classes.label}>{t(line.label, { defaultValue: line.label })}</span>
              ) : (
                <bdi dir="ltr">{line.label}</bdi>
              )}
            </th>
            {!isNew && (
              <td className={classes.before}>
                <Value line={line} value={line.before} />
              </td>
            )}
            <td className={classes.after}>
              {plan && line.as === "day" && `${t("privacy:plan.until")} `}
              <Value line={line} value={line.after} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Value({ line, value }: { line: Line; value: string | null }) {
  const { t } = useTranslation("approvals");
  const format = useFormat();
  if (value === null) return "—";
  // Beside a day or words the other side may be a count: rows that are kept until a day, months that become "without end".
  if ((line.as === "day" || line.as === "words") && /^\d+$/.test(value)) return <span className="num">{format.number(value)}</span>;
  switch (line.as) {
    case "day":
      return <DateText value={value} />;
    case "moment":
      return <DateText value={value} time />;
    case "number":
      return <span className="num">{format.number(value)}</span>;
    case "money":
      return <Money minor={value} currency={line.currency ?? "EUR"} />;
    case "words":
      return t(value, { defaultValue: value });
    case "code":
      // Sums, addresses, currencies: signs for machines, the same in every script.
      return <bdi dir="ltr">{value}</bdi>;
    default:
      return <bdi>{value}</bdi>;
  }
}
