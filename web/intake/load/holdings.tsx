import { useTranslation } from "react-i18next";
import { holdingKinds } from "../../../server/customers/holdings/kinds/contract.ts";
import { useFormat } from "../../ui/preferences.tsx";
import { Surface } from "../../ui/surface.tsx";
import { useWords } from "../words.ts";
import { FigureTable } from "./figure-table.tsx";
import classes from "./report.module.css";

/** What kinds of accounts and products the files brought, in the order a bank lists them; what could not be read comes last. */
export function Holdings({ holdings }: { holdings: Readonly<Record<string, number>> }) {
  const { t } = useTranslation("intake");
  const words = useWords();
  const format = useFormat();
  const place = (kind: string) => (holdingKinds as readonly string[]).indexOf(kind) >>> 0;
  const kinds = Object.entries(holdings).sort(([a], [b]) => place(a) - place(b));
  if (kinds.length === 0) return null;
  return (
    <Surface title={t("holdings.title")}>
      <FigureTable
        label={t("holdings.title")}
        columns={[{ label: t("holdings.kind") }, { label: t("holdings.rows"), figure: true }]}
        rows={kinds.map(([kind, rows]) => (
          <tr key={kind}>
            <th scope="row">{kind === "" ? t("holdings.unreadable") : words.holdingKind(kind)}</th>
            <td className={classes.figure}>{format.number(rows)}</td>
          </tr>
        ))}
      />
    </Surface>
  );
}
