import { useTranslation } from "react-i18next";
import { DateText } from "../../ui/date-text.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { Surface } from "../../ui/surface.tsx";
import classes from "./quality.module.css";
import type { Quality } from "./quality.ts";

export function Models({ quality }: { quality: Quality }) {
  const { t } = useTranslation("identity");
  const format = useFormat();
  return (
    <Surface title={t("models.title")} padding="none">
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t("models.model")}</th>
            <th scope="col">{t("models.learned")}</th>
            <th scope="col">{t("models.by")}</th>
          </tr>
        </thead>
        <tbody>
          {quality.models.map((model) => (
            <tr key={model.modelNo}>
              <th scope="row">
                <span className="num">{format.number(model.modelNo)}</span>{" "}
                <span className={classes.state} data-state={model.state}>
                  {t(`models.states.${model.state}`)}
                </span>
              </th>
              <td>
                <DateText value={model.createdAt} time />
              </td>
              <td>
                <bdi>{model.byName ?? t("models.bySystem")}</bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Surface>
  );
}
