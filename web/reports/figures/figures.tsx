import { useTranslation } from "react-i18next";
import { EmptyState } from "../../ui/empty-state.tsx";
import type { Choices, Definition, Place, Result } from "../answers.ts";
import { useReportWords } from "../words.ts";
import { Bars } from "./bars.tsx";
import classes from "./figures.module.css";
import { Line } from "./line.tsx";
import { Pivot } from "./pivot.tsx";
import { Single } from "./single.tsx";

/** As many charts as a card has room for. */
const SHORT_MEASURES = 2;

interface FiguresProps {
  definition: Definition;
  result: Result;
  choices: Choices;
  /** Opens the customers behind a number; absent where there is no room for it. */
  onOpen?: ((place: Place, title: string) => void) | undefined;
  /** On a dashboard: the chart alone. */
  short?: boolean;
}

/** A report as it wants to be shown, and always as a table beneath, in which every number leads to its customers. */
export function Figures({ definition, result, choices, onOpen, short = false }: FiguresProps) {
  const { t } = useTranslation("reports");
  const words = useReportWords(choices);
  if (result.figures.length === 0 || result.figures.every(({ customers }) => customers === 0))
    return <EmptyState compact={short} reason="filter" title={t("result.none")} text={t("result.noneText")} />;
  const measures = definition.measures.map(({ of, take }) => ({
    take,
    choice: choices.measures.find((one) => one.over === definition.over && one.of === of),
  }));
  const chart = definition.rows === null ? null : definition.show;
  const shown = {
    definition,
    result,
    measures: short && chart !== "table" ? measures.slice(0, SHORT_MEASURES) : measures,
    words,
    short,
    onOpen,
  };
  return (
    <div className={classes.figures}>
      {definition.rows === null && <Single {...shown} />}
      {chart === "bars" && <Bars {...shown} />}
      {chart === "line" && <Line {...shown} />}
      {(!short || chart === "table") && definition.rows !== null && <Pivot {...shown} />}
      {!short && (
        <ul className={classes.notes}>
          {result.cut && <li>{t("result.cut")}</li>}
          {result.overlaps && <li>{t("result.overlaps")}</li>}
          {result.masked && <li>{t("result.masked")}</li>}
        </ul>
      )}
    </div>
  );
}
