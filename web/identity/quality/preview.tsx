import { useDebouncedValue } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { previewThreshold } from "../../../server/customers/identity/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { ErrorNote } from "../../ui/error-state.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint } from "../../ui/query.ts";
import classes from "./confidence.module.css";

const settleMs = 250;
type Outcome = AnswerOf<typeof previewThreshold>["now"];
const figures = ["joinedPairs", "doubtfulPairs", "precision", "recall"] as const;

/** What stands now beside what the thresholds tried would give. Nothing is changed by looking. */
export function Preview({ joinBits, doubtBits, isNow }: { joinBits: number; doubtBits: number; isNow: boolean }) {
  const { t } = useTranslation("identity");
  const [settled] = useDebouncedValue(`${joinBits} ${doubtBits}`, settleMs);
  const [join = 0, doubt = 0] = settled.split(" ").map(Number);
  const answer = useEndpoint(previewThreshold, { query: { joinBits: join, doubtBits: doubt } as never }, { keepPrevious: true });
  if (answer.error) return <ErrorNote error={answer.error} />;
  return (
    <>
      <table className={classes.preview} aria-busy={answer.isFetching || undefined}>
        <caption className="visually-hidden">{t("preview.title")}</caption>
        <thead>
          <tr>
            <td />
            <th scope="col">{t("preview.now")}</th>
            <th scope="col">{t("preview.then")}</th>
            <th scope="col">{t("preview.change")}</th>
          </tr>
        </thead>
        <tbody>
          {figures.map((figure) => (
            <FigureRow key={figure} figure={figure} now={answer.data?.now} then={answer.data?.proposed} />
          ))}
        </tbody>
      </table>
      <p className={classes.note}>{t(isNow ? "preview.isNow" : "preview.nothingChanges")}</p>
    </>
  );
}

interface FigureRowProps {
  figure: (typeof figures)[number];
  now: Outcome | undefined;
  then: Outcome | undefined;
}

function FigureRow({ figure, now, then }: FigureRowProps) {
  const { t } = useTranslation("identity");
  const format = useFormat();
  const isShare = figure === "precision" || figure === "recall";
  const say = (value: number | null | undefined): string =>
    value === undefined ? "" : value === null ? t("preview.unknown") : isShare ? format.percent(value, 2) : format.number(value);
  const [before, after] = [now?.[figure], then?.[figure]];
  const change = typeof before === "number" && typeof after === "number" ? after - before : 0;
  const size = isShare ? t("preview.share", { n: format.number(Math.abs(change) * 100, 2) }) : format.number(Math.abs(change));
  const isNothing = Math.abs(change) < (isShare ? 0.00005 : 1);
  return (
    <tr>
      <th scope="row">{t(`preview.${figure}`)}</th>
      <td className="num">{say(before)}</td>
      <td className="num">{say(after)}</td>
      <td className="num">{isNothing ? "" : `\u2066${change > 0 ? "+" : "\u2212"}\u2069${size}`}</td>
    </tr>
  );
}
