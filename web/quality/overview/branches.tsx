import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { dimensions } from "../../../server/customers/quality/contract.ts";
import { AppLink } from "../../ui/app-link.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { Surface } from "../../ui/surface.tsx";
import { WideTable } from "../../ui/wide-table.tsx";
import { heatOfScore } from "../heat.ts";
import type { Part } from "../part.ts";
import type { Quality } from "../quality.ts";
import { useQualityWords } from "../words.ts";
import classes from "./overview.module.css";

const shownAtFirst = 12;

/** Branches, the one with the lowest score first. */
export function Branches({ quality, part }: { quality: Quality; part: Part }) {
  const { t } = useTranslation("quality");
  const format = useFormat();
  const words = useQualityWords();
  const [all, setAll] = useState(false);
  const shown = all ? quality.branches : quality.branches.slice(0, shownAtFirst);
  return (
    <Surface title={t("branches.title")} padding="none">
      <WideTable label={t("branches.title")} className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t("branches.branch")}</th>
            <th scope="col">{t("branches.records")}</th>
            <th scope="col">{t("overview.score")}</th>
            {dimensions.map((dimension) => (
              <th key={dimension} scope="col">
                {words.dimension(dimension)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((branch) => (
            <tr key={branch.branchId} data-chosen={(branch.branchId !== null && branch.branchId === part.branchId) || undefined}>
              <th scope="row">
                {branch.branchId === null ? (
                  t("branches.none")
                ) : (
                  <AppLink className={classes.link} to="." search={((before: object) => ({ ...before, branch: branch.branchId })) as never}>
                    <bdi>{branch.name ?? branch.branchId}</bdi>
                  </AppLink>
                )}
              </th>
              <td className="num">{format.number(branch.records)}</td>
              <td className="num" data-heat={heatOfScore(branch.score)}>
                <span className={classes.figure}>{words.score(branch.score)}</span>
              </td>
              {dimensions.map((dimension) => (
                <td key={dimension} className="num">
                  {words.score(branch.dimensions.find((one) => one.dimension === dimension)?.score ?? null)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </WideTable>
      {quality.branches.length > shownAtFirst && (
        <div className={classes.more}>
          <Button variant="subtle" size="xs" onClick={() => setAll(!all)}>
            {all ? t("branches.fewer") : t("branches.more", { text: format.number(quality.branches.length) })}
          </Button>
        </div>
      )}
    </Surface>
  );
}
