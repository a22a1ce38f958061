import { useTranslation } from "react-i18next";
import { AppLink } from "../ui/app-link.tsx";
import { useFormat } from "../ui/preferences.tsx";
import { usePhone } from "../ui/use-phone.ts";
import { CustomerMarks } from "./customer-marks.tsx";
import classes from "./customer-name.module.css";

interface CustomerNameProps {
  customer: {
    readonly customerId: string;
    readonly fullName: string;
    readonly latinName: string | null;
    readonly customerNo: string;
    readonly language: string | null;
    readonly inArrears?: boolean;
    readonly deceasedOn?: string | null;
  };
  /** Instead of the number, on the second line. */
  note?: string | undefined;
  /** In a grid the arrows move and Enter opens: its links are no stops of their own. */
  inGrid?: boolean;
}

/** A name in its own script as a link, with a second line for who does not read that script. */
export function CustomerName({ customer, note, inGrid = false }: CustomerNameProps) {
  const { t } = useTranslation("customers");
  const format = useFormat();
  const phone = usePhone();
  const latin = customer.latinName !== null && customer.latinName !== customer.fullName ? customer.latinName : null;
  return (
    <span className={classes.name}>
      <span className={classes.first}>
        <AppLink
          to="/customers/$customerId"
          params={{ customerId: customer.customerId } as never}
          className={classes.own}
          {...(inGrid && !phone ? { tabIndex: -1 } : {})}
        >
          <bdi lang={customer.language ?? undefined}>{customer.fullName}</bdi>
        </AppLink>
        <CustomerMarks customer={{ inArrears: customer.inArrears ?? false, deceasedOn: customer.deceasedOn ?? null }} />
      </span>
      <span className={classes.second}>
        {latin !== null && (
          <>
            <bdi lang="und-Latn">{latin}</bdi>
            {" · "}
          </>
        )}
        <bdi className="num" title={note === undefined ? t("fields.customerNo") : undefined}>
          {note ?? format.code(customer.customerNo)}
        </bdi>
      </span>
    </span>
  );
}
