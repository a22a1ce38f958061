import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/preferences.tsx";
import { Surface } from "../../ui/surface.tsx";
import { WideTable } from "../../ui/wide-table.tsx";
import { useIdentityWords } from "../words.ts";
import classes from "./quality.module.css";
import type { Quality } from "./quality.ts";

const figures = ["keys", "refinedBlocks", "droppedBlocks", "droppedRecords", "droppedPairs"] as const;

/** By what records are brought together, and what was left out because too many share it. */
export function Blocks({ quality }: { quality: Quality }) {
  const { t } = useTranslation("identity");
  const format = useFormat();
  const words = useIdentityWords();
  if (quality.blocks.length === 0) return null;
  return (
    <Surface title={t("blocks.title")} padding="none">
      <p className={classes.note}>{t("blocks.note")}</p>
      <WideTable label={t("blocks.title")} className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t("blocks.by")}</th>
            {figures.map((figure) => (
              <th key={figure} scope="col">
                {t(`blocks.${figure}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {quality.blocks.map((block) => (
            <tr key={block.keyClass}>
              <th scope="row">{words.keyClass(block.keyClass)}</th>
              {figures.map((figure) => (
                <td key={figure} className="num" data-some={(figure.startsWith("dropped") && block[figure] > 0) || undefined}>
                  {format.number(block[figure])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </WideTable>
    </Surface>
  );
}
