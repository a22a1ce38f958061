import { Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { explainPerson } from "../../../server/customers/visibility/contract.ts";
import { ErrorNote } from "../../ui/error-state.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { Surface } from "../../ui/surface.tsx";
import classes from "../people.module.css";
import { useReasonWords } from "./reason-words.ts";

const SHOWN_MAX = 40;

/** How many customers a person sees today, and through what. */
export function SeenPart({ userId }: { userId: string }) {
  const { t } = useTranslation("people");
  const format = useFormat();
  const reason = useReasonWords();
  const answer = useEndpoint(explainPerson, { params: { userId } });
  const parts = answer.data?.parts ?? [];
  return (
    <Surface title={t("access.seen")} aside={answer.data && <strong className="num">{format.number(answer.data.count)}</strong>}>
      {answer.isPending && <Skeleton height={80} />}
      <ErrorNote error={answer.error} />
      {answer.data && parts.length === 0 && <p className={classes.quiet}>{t("access.seesNobody")}</p>}
      <ul className={classes.lines}>
        {parts.slice(0, SHOWN_MAX).map((part) => {
          const place = part.unitName ?? part.portfolioName ?? t(part.kind === "glass" ? "access.glass" : "access.noBranch");
          return (
            <li key={`${part.kind} ${part.roleId} ${part.heldAt} ${place} ${part.deputyFor}`}>
              <div className={classes.words}>
                <bdi>{place}</bdi>
                <p className={classes.quiet}>
                  <bdi>{reason(part)}</bdi>
                </p>
              </div>
              <span className="num">{format.number(part.count)}</span>
            </li>
          );
        })}
      </ul>
      {parts.length > SHOWN_MAX && <p className={classes.quiet}>{t("access.more", { n: format.number(parts.length - SHOWN_MAX) })}</p>}
    </Surface>
  );
}
