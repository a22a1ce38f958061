import { ArrowDownIcon, ArrowUpIcon } from "@primer/octicons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Surface } from "../ui/surface.tsx";
import classes from "./behaviour.module.css";
import { type Behaviour, useBehaviourWords } from "./words.ts";

const SHOWN_MAX = 6;

/** What left its own past, in a line each: whether that is good is for who knows the customer to say. */
export function Changes({ known, aside }: { known: Behaviour; aside: ReactNode }) {
  const { t } = useTranslation("behaviour");
  const words = useBehaviourWords(known.currency);
  return (
    <Surface title={t("changes.title")} aside={aside}>
      {known.changes.length === 0 ? (
        <p className={classes.note}>{t("changes.none")}</p>
      ) : (
        <ul className={classes.changes}>
          {known.changes.slice(0, SHOWN_MAX).map(({ measure, recent, before }) => (
            <li key={measure}>
              {recent > before ? <ArrowUpIcon size={16} aria-label={t("up")} /> : <ArrowDownIcon size={16} aria-label={t("down")} />}
              <span>
                <strong>{words.name(measure)}</strong>{" "}
                {t(measure === "balance_minor" ? "changes.lies" : "changes.from", {
                  recent: words.figure(measure, recent),
                  before: words.figure(measure, before),
                })}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Surface>
  );
}
