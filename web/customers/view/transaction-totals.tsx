import { Skeleton, UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { totalTransactions } from "../../../server/customers/holdings/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { Money } from "../../ui/money.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { Surface } from "../../ui/surface.tsx";
import { useCodes } from "../codes.ts";
import classes from "./transactions.module.css";

type Totals = AnswerOf<typeof totalTransactions>;
type Facet = Totals["totals"][number];

interface TransactionTotalsProps {
  totals: Totals | undefined;
  pending: boolean;
  chosen: string | null;
  onCategory: (code: string | null) => void;
}

/** In, out and the difference, by currency; and where the money went, each category a way to look closer. */
export function TransactionTotals({ totals, pending, chosen, onCategory }: TransactionTotalsProps) {
  const { t } = useTranslation("customers");
  if (pending || totals === undefined) return <Skeleton height={280} radius="md" />;
  const main = totals.totals[0];
  if (main === undefined) return null;
  return (
    <div className={classes.totals}>
      <Surface title={t("transactions.sum")} level={3}>
        {totals.totals.map((total) => (
          <Sum key={total.currency} total={total} />
        ))}
      </Surface>
      <Surface title={t("transactions.whereTo")} level={3}>
        <Categories
          facets={totals.categories.filter(({ currency, outMinor }) => currency === main.currency && outMinor !== "0")}
          chosen={chosen}
          onCategory={onCategory}
        />
      </Surface>
    </div>
  );
}

function Sum({ total }: { total: Facet }) {
  const { t } = useTranslation("customers");
  const rows = [
    ["in", total.inMinor],
    ["out", total.outMinor],
    ["net", String(BigInt(total.inMinor) + BigInt(total.outMinor))],
  ] as const;
  return (
    <dl className={classes.sum}>
      {rows.map(([what, minor]) => (
        <div key={what} data-net={what === "net" || undefined}>
          <dt>{t(`transactions.${what}`)}</dt>
          <dd>
            <Money minor={minor} currency={total.currency} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

const categoriesShownMax = 10;

function Categories({
  facets,
  chosen,
  onCategory,
}: {
  facets: readonly Facet[];
  chosen: string | null;
  onCategory: (code: string | null) => void;
}) {
  const { t } = useTranslation("customers");
  const codes = useCodes();
  const format = useFormat();
  const spent = [...facets].sort((a, b) => Number(BigInt(a.outMinor) - BigInt(b.outMinor))).slice(0, categoriesShownMax);
  const most = Number(spent[0]?.outMinor ?? -1);
  if (spent.length === 0) return <p className={classes.none}>{t("transactions.nothingOut")}</p>;
  return (
    <ul className={classes.categories}>
      {spent.map(({ code, outMinor, currency, count }) => (
        <li key={code ?? ""}>
          <UnstyledButton
            className={classes.category}
            aria-pressed={code !== null && code === chosen}
            disabled={code === null}
            onClick={() => onCategory(code === chosen ? null : code)}
            title={t("transactions.times", { count })}
          >
            <span>
              <bdi>{code === null ? t("transactions.uncategorised") : codes("category", code)}</bdi>
              <span className="num">{format.money(-BigInt(outMinor), currency, "compact")}</span>
            </span>
            <span className={classes.bar} style={{ inlineSize: `${Math.max(1, (Number(outMinor) / most) * 100)}%` }} />
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}
