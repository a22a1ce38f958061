import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Money } from "../../ui/money.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { StateMark } from "../../ui/state-mark.tsx";
import { Surface } from "../../ui/surface.tsx";
import { WideTable } from "../../ui/wide-table.tsx";
import { kindTones, type Offers } from "../answers.ts";
import classes from "../offers.module.css";
import { useOfferWords } from "../words.ts";

export function ActionsTable({ offers, onChange }: { offers: Offers; onChange: (actionId: string) => void }) {
  const { t } = useTranslation("offers");
  const format = useFormat();
  const words = useOfferWords(offers.currency);
  return (
    <Surface title={t("page.actions")} padding="none">
      <WideTable label={t("page.actions")} className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t("page.action")}</th>
            <th scope="col">{t("page.first")}</th>
            <th scope="col">{t("page.shown")}</th>
            <th scope="col">{t("page.answers")}</th>
            <th scope="col">{t("page.lever")}</th>
            <th scope="col">{t("page.gain")}</th>
            <th scope="col">{t("page.cost")}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {offers.actions.map(({ actionId, kind, active, figures, lever, gainMinor, gainShare, costMinor, segmentId, hasSegment }) => (
            <tr key={actionId} data-off={active ? undefined : true}>
              <th scope="row">
                {words.action(actionId)}{" "}
                <StateMark tone={active ? kindTones[kind] : "quiet"}>{active ? t(`kinds.${kind}`) : t("page.off")}</StateMark>
                {segmentId !== null && (
                  <span className={classes.whom} data-gone={hasSegment === false || undefined}>
                    {t(hasSegment === false ? "page.segmentGone" : "page.segmentOnly", {
                      segment: words.segment(segmentId, offers.segments),
                    })}
                  </span>
                )}
              </th>
              <td className="num">{format.number(figures.first)}</td>
              <td className="num">{format.number(figures.shown)}</td>
              <td className="num">{[figures.agreed, figures.later, figures.declined].map((count) => format.number(count)).join(" / ")}</td>
              <td className="num">{format.number(lever, 2)}</td>
              <td className="num">
                {gainMinor > 0 && <Money minor={String(gainMinor)} currency={offers.currency} style="round" />}
                {gainMinor > 0 && gainShare > 0 && " + "}
                {gainShare > 0 && format.percent(gainShare, gainShare < 0.1 ? 1 : 0)}
              </td>
              <td className="num">
                <Money minor={String(costMinor)} currency={offers.currency} style="round" />
              </td>
              <td>
                <Button
                  size="compact-sm"
                  variant="subtle"
                  aria-label={t("page.changeOf", { action: words.action(actionId) })}
                  onClick={() => onChange(actionId)}
                >
                  {t("page.change")}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </Surface>
  );
}
