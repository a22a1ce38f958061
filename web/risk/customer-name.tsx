import { AppLink } from "../ui/app-link.tsx";
import { useFormat } from "../ui/preferences.tsx";
import classes from "./risk.module.css";

interface CustomerNameProps {
  customerId: string;
  fullName: string;
  /** Below the name: a number, a branch. */
  customerNo?: string | undefined;
  note?: string | null | undefined;
}

/** A name that leads to the customer's risk. */
export function CustomerName({ customerId, fullName, customerNo, note }: CustomerNameProps) {
  const format = useFormat();
  return (
    <span className={classes.who}>
      <AppLink to="/customers/$customerId" params={{ customerId } as never} search={{ tab: "risk" } as never} className={classes.link}>
        <bdi>{fullName}</bdi>
      </AppLink>
      {(customerNo !== undefined || (note !== null && note !== undefined)) && (
        <span className={classes.note}>
          {customerNo !== undefined && <bdi className="num">{format.code(customerNo)}</bdi>}
          {note !== null && note !== undefined && (
            <>
              {customerNo !== undefined && " · "}
              <bdi>{note}</bdi>
            </>
          )}
        </span>
      )}
    </span>
  );
}
