import { useTranslation } from "react-i18next";
import { OPEN_COUNT_MAX } from "../../../server/customers/quality/contract.ts";
import { AppLink } from "../../ui/app-link.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { Surface } from "../../ui/surface.tsx";
import type { Quality } from "../quality.ts";
import { useQualityWords } from "../words.ts";
import classes from "./overview.module.css";

interface Line {
  readonly key: string;
  readonly to: string;
  readonly label: string;
  readonly counts: NonNullable<Quality["doubts"]>;
  readonly words: (reason: string) => string;
}

/** What else waits for a decision: doubts about who is who, rows in quarantine, values too many share. */
export function Waiting({ quality }: { quality: Quality }) {
  const { t } = useTranslation("quality");
  const format = useFormat();
  const words = useQualityWords();
  const keyOf = (reason: string): string => reason.replace(/[^a-z]+/gi, "_");
  const lines: Line[] = [
    ...(quality.doubts === null
      ? []
      : [
          {
            key: "doubts",
            to: "/identity",
            label: t("waiting.doubts"),
            counts: quality.doubts,
            words: (reason: string) => t(`doubts.${keyOf(reason)}`, { defaultValue: reason }),
          },
        ]),
    ...(quality.quarantine === null
      ? []
      : [
          {
            key: "quarantine",
            to: "/quarantine",
            label: t("waiting.quarantine"),
            counts: quality.quarantine,
            words: (reason: string) => t(`reasons.${keyOf(reason)}`, { defaultValue: reason }),
          },
        ]),
  ];
  if (lines.length === 0 && quality.placeholders.length === 0) return null;
  return (
    <Surface title={t("waiting.title")}>
      <ul className={classes.waiting}>
        {lines.map(({ key, to, label, counts, words: say }) => {
          const sum = counts.reduce((total, { count }) => total + count, 0);
          return (
            <li key={key}>
              <AppLink to={to} className={classes.link}>
                {label} <strong className="num">{format.number(sum)}</strong>
                {sum >= OPEN_COUNT_MAX && "+"}
              </AppLink>
              <span className={classes.quiet}>
                {counts
                  .slice(0, 4)
                  .map(({ reason, count }) => `${say(reason)} ${format.number(count)}`)
                  .join(" · ")}
              </span>
            </li>
          );
        })}
        {quality.placeholders.map(({ field, value, records }) => (
          <li key={`${field} ${value}`}>
            <span>
              {t("waiting.shared", {
                field: words.field(field),
                value: field === "born_on" ? format.date(value) : value,
                text: format.number(records),
              })}
            </span>
          </li>
        ))}
      </ul>
    </Surface>
  );
}
