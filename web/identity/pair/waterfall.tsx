import { useTranslation } from "react-i18next";
import { isBusinessDate } from "../../ui/format.ts";
import { useFormat } from "../../ui/preferences.tsx";
import type { Explanation } from "../pair.ts";
import { useIdentityWords, usePoints } from "../words.ts";
import classes from "./waterfall.module.css";
import { type Bar, layWaterfall, type Waterfall } from "./waterfall-layout.ts";

type Step = Explanation["steps"][number];

/** Both records field by field, and beside each field what it adds: from the odds of two records picked at random to the sum. */
export function WaterfallTable({ explanation }: { explanation: Explanation }) {
  const { t } = useTranslation("identity");
  const points = usePoints();
  const layout = layWaterfall(explanation);
  const { a, b, steps, priorBits, bits, joinBits, doubtBits } = explanation;
  return (
    <>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t("pair.field")}</th>
            <th scope="col">
              <bdi>{a.fullName}</bdi>
            </th>
            <th scope="col">
              <bdi>{b.fullName}</bdi>
            </th>
            <th scope="col">{t("pair.compared")}</th>
            <th scope="col" className={classes.figure}>
              {t("pair.points")}
            </th>
            <th scope="col" className={classes.barHead}>
              <Axis layout={layout} />
            </th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row" colSpan={4} className={classes.quiet}>
              {t("pair.prior")}
            </th>
            <td className={classes.figure}>{points(priorBits)}</td>
            <BarCell layout={layout} bars={[layout.prior]} />
          </tr>
          {steps.map((step, place) => (
            <StepRow key={step.column} step={step} layout={layout} row={layout.rows[place]} />
          ))}
          {layout.heldBack && (
            <tr>
              <th scope="row" colSpan={4} className={classes.quiet}>
                {t("pair.heldBack")}
              </th>
              <td className={classes.figure}>{points(layout.heldBack.bits)}</td>
              <BarCell layout={layout} bars={[layout.heldBack.bar]} />
            </tr>
          )}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={4}>
              {t("pair.sum")}
            </th>
            <td className={classes.figure}>{points(bits)}</td>
            <BarCell layout={layout} bars={[layout.sum]} total />
          </tr>
        </tfoot>
      </table>
      <p className={classes.note}>{t("pair.legend", { join: points(joinBits), doubt: points(doubtBits) })}</p>
    </>
  );
}

function StepRow({ step, layout, row }: { step: Step; layout: Waterfall; row: Waterfall["rows"][number] | undefined }) {
  const { t } = useTranslation("identity");
  const words = useIdentityWords();
  const points = usePoints();
  const format = useFormat();
  const value = (text: string) => {
    if (text === "") return <span className={classes.blank}>{t("pair.nothing")}</span>;
    if (isBusinessDate(text)) return <bdi>{format.date(text)}</bdi>;
    if (step.column === "nationality") return <bdi>{format.countryName(text)}</bdi>;
    if (step.column === "sex") return t(`sexes.${text}`, { defaultValue: text });
    return <bdi dir={step.column === "phone" ? "ltr" : undefined}>{text}</bdi>;
  };
  const tone = row === undefined || Math.abs(row.bits) < 0.05 ? "none" : row.bits > 0 ? "for" : "against";
  return (
    <tr data-tone={tone}>
      <th scope="row">{words.column(step.column)}</th>
      <td className={classes.value}>{value(step.a)}</td>
      <td className={classes.value}>{value(step.b)}</td>
      <td className={classes.how}>
        {words.level(step.column, step.level)}
        {row?.rarityBar && (
          <span className={classes.rarity}>
            {t(step.rarityBits > 0 ? "pair.rare" : "pair.common", { points: points(step.rarityBits) })}
          </span>
        )}
      </td>
      <td className={classes.figure}>{points(row?.bits ?? 0)}</td>
      <BarCell layout={layout} bars={row?.bar ? [row.bar] : []} rarity={row?.rarityBar ?? null} />
    </tr>
  );
}

const inset = (bar: Bar) => ({ insetInlineStart: `${bar.from * 100}%`, inlineSize: `max(2px, ${(bar.to - bar.from) * 100}%)` });

interface BarCellProps {
  layout: Waterfall;
  bars: readonly Bar[];
  rarity?: Bar | null;
  total?: boolean;
}

/** The figure beside it says the same: the bar is for the eye. */
function BarCell({ layout, bars, rarity = null, total = false }: BarCellProps) {
  return (
    <td className={classes.bars} aria-hidden="true">
      <Lines layout={layout} />
      {bars.map((bar) => (
        <span key={bar.from} className={classes.bar} data-gain={bar.gain} data-total={total || undefined} style={inset(bar)} />
      ))}
      {rarity && <span className={classes.bar} data-gain={rarity.gain} data-rarity="" style={inset(rarity)} />}
    </td>
  );
}

function Lines({ layout }: { layout: Waterfall }) {
  return (["zero", "doubt", "join"] as const).map((line) => (
    <span key={line} className={classes.line} data-line={line} style={{ insetInlineStart: `${layout[line] * 100}%` }} />
  ));
}

function Axis({ layout }: { layout: Waterfall }) {
  const { t } = useTranslation("identity");
  return (
    <span className={classes.axis} aria-hidden="true">
      <span style={{ insetInlineEnd: `${(1 - layout.doubt) * 100}%` }}>{t("pair.doubtLine")}</span>
      <span style={{ insetInlineEnd: `${(1 - layout.join) * 100}%` }}>{t("pair.joinLine")}</span>
    </span>
  );
}
