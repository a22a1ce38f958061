import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/preferences.tsx";
import { Surface } from "../../ui/surface.tsx";
import { useCodes } from "../codes.ts";
import { FigureLink } from "./figure-link.tsx";
import classes from "./portfolios.module.css";
import { behind, useStanding } from "./use-standing.ts";

/** How many customers have a holding of each kind. Whoever has an own portfolio needs people rather than shares. */
export function KindsPart() {
  const { t } = useTranslation("customers");
  const format = useFormat();
  const codes = useCodes();
  const standing = useStanding().data;
  if (standing === undefined || standing.scope === "own" || standing.kinds.length === 0) return null;
  return (
    <Surface title={t("standing.kinds")} aside={<span className={classes.owner}>{t("standing.kindsNote")}</span>} padding="none">
      <ul className={classes.kinds}>
        {standing.kinds.map(({ kind, customers }) => (
          <li key={kind}>
            <span>{codes("kind", kind)}</span>
            <span aria-hidden="true">
              <span className={classes.bar} style={{ inlineSize: `${Math.max(1, (customers / standing.customers) * 100)}%` }} />
            </span>
            <span className="num">
              <FigureLink filter={behind("reach", { field: "holding", op: "any_of", values: [kind] })} label={codes("kind", kind)}>
                {format.number(customers)}
              </FigureLink>
            </span>
          </li>
        ))}
      </ul>
    </Surface>
  );
}
