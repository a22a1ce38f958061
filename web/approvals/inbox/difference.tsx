import { useTranslation } from "react-i18next";
import type { readApproval } from "../../../server/governance/approvals/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { DateText } from "../../ui/date-text.tsx";
import { Money } from "../../ui/money.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import classes from "../approvals.module.css";
import { useWordsOf } from "../use-words.ts";

type Line = AnswerOf<typeof readApproval>["difference"][number];

/** What the act changes, line by line: before and after. */
export function Difference({ lines }: { lines: readonly Line[] }) {
  const { t } = useTranslation("approvals");
  useWordsOf(lines.flatMap((line) => [line.label, ...(line.as === "words" ? [line.before ?? "", line.after ?? ""] : [])]));
  return (
    <table className={classes.difference}>
      <caption className="visually-hidden">{t("difference")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("what")}</th>
          <th scope="col">{t("before")}</th>
          <th scope="col">{t("after")}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line, place) => (
          // Lines of one request stand still: their place names them.
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <tr key={place}>
            <th scope="row">{t(line.label, { defaultValue: line.label })}</th>
            <td className={classes.before}>
              <Value line={line} value={line.before} />
            </td>
            <td className={classes.after}>
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
      return <bdi className="num">{format.code(value)}</bdi>;
    default:
      return <bdi>{value}</bdi>;
  }
}
