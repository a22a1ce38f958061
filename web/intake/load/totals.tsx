import { AlertIcon, CheckIcon } from "@primer/octicons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ControlTotal, LoadReport } from "../../../server/customers/intake/contract.ts";
import { Bidi } from "../../ui/bidi.tsx";
import { Money } from "../../ui/money.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { Surface } from "../../ui/surface.tsx";
import { isolate } from "../isolate.ts";
import { useWords } from "../words.ts";
import { FigureTable } from "./figure-table.tsx";
import type { ShownReport } from "./live.tsx";
import classes from "./report.module.css";

function Verdict({ wrong, children }: { wrong: boolean; children: ReactNode }) {
  return (
    <span className={classes.verdict} data-wrong={wrong || undefined}>
      {wrong ? <AlertIcon size={14} /> : <CheckIcon size={14} />}
      {children}
    </span>
  );
}

/** Money as the file says it beside money as the database has it: they agree, or they shout. */
export function ControlTotals({ totals }: { totals: readonly ControlTotal[] }) {
  const { t } = useTranslation("intake");
  const words = useWords();
  const format = useFormat();
  const wrong = totals.filter((total) => total.differenceMinor !== "0").length;
  const verdict = totals.length > 0 && <Verdict wrong={wrong > 0}>{t(wrong > 0 ? "totals.differ" : "totals.agree")}</Verdict>;
  return (
    <Surface title={t("totals.title")} aside={verdict}>
      {totals.length === 0 ? (
        <p className={classes.quiet}>{t("totals.none")}</p>
      ) : (
        <FigureTable
          label={t("totals.title")}
          columns={[
            { label: t("totals.what") },
            { label: t("totals.rows"), figure: true },
            { label: t("totals.file"), figure: true },
            { label: t("totals.database"), figure: true },
            { label: t("totals.quarantined"), figure: true },
            { label: t("totals.difference"), figure: true },
          ]}
          rows={totals.map((total) => (
            <tr key={`${total.kind} ${total.currency}`} data-wrong={total.differenceMinor !== "0" || undefined}>
              <th scope="row">
                {words.kind(total.kind)} {total.currency === "" ? t("totals.noCurrency") : <Bidi>{total.currency}</Bidi>}
              </th>
              <td className={classes.figure}>{format.number(total.rows)}</td>
              <td className={classes.figure}>
                <Money minor={total.fileMinor} currency={total.currency} style="plain" />
              </td>
              <td className={classes.figure}>
                <Money minor={total.databaseMinor} currency={total.currency} style="plain" />
              </td>
              <td className={classes.figure}>
                <Money minor={total.quarantinedMinor} currency={total.currency} style="plain" />
              </td>
              <td className={classes.figure}>
                {total.differenceMinor === "0" ? (
                  <Verdict wrong={false}>{t("totals.agrees")}</Verdict>
                ) : (
                  <Verdict wrong>
                    <Money minor={total.differenceMinor} currency={total.currency} style="plain" />
                  </Verdict>
                )}
              </td>
            </tr>
          ))}
        />
      )}
    </Surface>
  );
}

type Announced = ShownReport["expectedTotals"][number];

/** Rows that could not be read account for it; by how much, nobody knows before they are corrected. */
export const isExplained = (total: Announced): boolean =>
  !total.fits && total.expected !== "?" && (total.uncut ?? 0) + (total.unreadable ?? 0) > 0;

/** What the sender announced beside what was read: it agrees, or it says why not. */
export function ExpectedTotals({ totals }: { totals: readonly Announced[] }) {
  const { t } = useTranslation("intake");
  const format = useFormat();
  if (totals.length === 0) return null;
  const unmet = totals.filter((total) => !total.fits);
  const verdict = unmet.length === 0 ? "agree" : unmet.every(isExplained) ? "explained" : "differ";
  const number = (text: string) => (/^-?\d+(?:\.\d+)?$/.test(text) ? format.number(text, text.split(".")[1]?.length ?? 0) : text);
  return (
    <Surface title={t("expected.title")} aside={<Verdict wrong={verdict !== "agree"}>{t(`expected.${verdict}`)}</Verdict>}>
      <FigureTable
        label={t("expected.title")}
        columns={[
          { label: t("expected.file") },
          { label: t("expected.what") },
          { label: t("expected.announced"), figure: true },
          { label: t("expected.read"), figure: true },
          ...(unmet.length > 0 ? [{ label: t("expected.why") }] : []),
        ]}
        rows={totals.map((total) => (
          <tr key={`${total.file} ${total.what}`} data-wrong={(!total.fits && !isExplained(total)) || undefined}>
            <th scope="row">
              <Bidi>{total.file}</Bidi>
            </th>
            <td>{total.what === "rows" ? t("expected.rows") : t("expected.sum", { column: isolate(total.what) })}</td>
            <td className={classes.figure}>{total.expected === "?" ? t("expected.unreadable") : number(total.expected)}</td>
            <td className={classes.figure}>
              <Verdict wrong={!total.fits}>{number(total.read)}</Verdict>
            </td>
            {unmet.length > 0 && <td>{total.fits ? t("expected.agrees") : <WhyNot total={total} />}</td>}
          </tr>
        ))}
      />
    </Surface>
  );
}

function WhyNot({ total }: { total: Announced }) {
  const { t } = useTranslation("intake");
  const format = useFormat();
  if (total.expected === "?") return null;
  if (!isExplained(total)) return t("expected.unexplained");
  const parts = [
    (total.uncut ?? 0) > 0 ? t("expected.uncut", { rows: format.number(total.uncut ?? 0) }) : null,
    (total.unreadable ?? 0) > 0 ? t("expected.unreadableValues", { rows: format.number(total.unreadable ?? 0) }) : null,
  ];
  return (
    <span className="num">
      {t("expected.missing")}: {format.list(parts.filter((part) => part !== null))}
    </span>
  );
}

/** Accounts whose balances after each movement do not follow from its amounts. */
export function RunningBalances({ balances }: { balances: LoadReport["runningBalances"] }) {
  const { t } = useTranslation("intake");
  const format = useFormat();
  if (balances.accounts === 0) return null;
  const broken = balances.broken > 0;
  return (
    <Surface
      title={t("balances.title")}
      aside={
        <Verdict wrong={broken}>{t(broken ? "balances.broken" : "balances.whole", { accounts: format.number(balances.broken) })}</Verdict>
      }
    >
      <p className={classes.quiet}>{t("balances.about", { accounts: format.number(balances.accounts) })}</p>
      {balances.breaks.length > 0 && (
        <FigureTable
          label={t("balances.title")}
          columns={[
            { label: t("balances.account") },
            { label: t("balances.line"), figure: true },
            { label: t("balances.expected"), figure: true },
            { label: t("balances.stated"), figure: true },
          ]}
          rows={balances.breaks.map((gap) => (
            <tr key={`${gap.holding} ${gap.line}`} data-wrong>
              <th scope="row">
                <Bidi>{gap.holding}</Bidi>
              </th>
              <td className={classes.figure}>{format.number(gap.line)}</td>
              <td className={classes.figure}>
                <Money minor={gap.expectedMinor} currency={gap.currency} />
              </td>
              <td className={classes.figure}>
                <Money minor={gap.statedMinor} currency={gap.currency} />
              </td>
            </tr>
          ))}
        />
      )}
    </Surface>
  );
}
