import { useTranslation } from "react-i18next";
import type { previewSegment } from "../../../server/intelligence/segments/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import type { FactInfo, FactWords } from "../../ui/customer-facts/fact-words.ts";
import { useFormat } from "../../ui/preferences.tsx";
import classes from "./build.module.css";

interface MakeupProps {
  preview: AnswerOf<typeof previewSegment>;
  facts: readonly FactInfo[];
  words: FactWords;
}

/** How the segment and all customers are spread over bands of a few measures: two bars a band. */
export function Makeup({ preview, facts, words }: MakeupProps) {
  const { t } = useTranslation("segments");
  return (
    <div className={classes.makeup}>
      <p className={classes.legend}>
        <span data-side="segment">{t("preview.segment")}</span>
        <span data-side="all">{t("preview.all")}</span>
      </p>
      {preview.makeup.map(({ key, bands }) => {
        const fact = facts.find((one) => one.key === key);
        if (fact === undefined) return null;
        return (
          <table key={key} className={classes.bands}>
            <caption>{words.name(fact)}</caption>
            <tbody>
              {bands
                .filter(({ all }) => all > 0)
                .map((band) => (
                  <tr key={band.from ?? "unknown"}>
                    <th scope="row">
                      {band.from === null ? t("preview.unknown") : t("preview.fromBand", { from: words.value(fact, Number(band.from)) })}
                    </th>
                    <td>
                      <Bar side="segment" share={preview.count === 0 ? 0 : band.segment / preview.count} />
                      <Bar side="all" share={preview.all === 0 ? 0 : band.all / preview.all} />
                    </td>
                  </tr>
                ))}
            </tbody>
          </table>
        );
      })}
    </div>
  );
}

function Bar({ side, share }: { side: "segment" | "all"; share: number }) {
  const format = useFormat();
  return (
    <span className={classes.barLine}>
      <span className={classes.bar} data-side={side} style={{ inlineSize: `calc(${Math.max(share * 100, 0.5)}% * 0.8)` }} />
      <span className={classes.barText}>{format.percent(share, 0)}</span>
    </span>
  );
}
