import { AppLink } from "../ui/app-link.tsx";
import { useFormat } from "../ui/preferences.tsx";
import classes from "./profit.module.css";

interface Named {
  readonly customerId: string;
  readonly customerNo: string;
  readonly fullName: string;
  readonly latinName?: string | null;
  readonly language: string | null;
}

/** A name in its own script that leads to what the customer is worth. */
export function CustomerLink({ customer }: { customer: Named }) {
  const format = useFormat();
  const latin = customer.latinName ?? null;
  return (
    <span className={classes.who}>
      <AppLink
        to="/customers/$customerId"
        params={{ customerId: customer.customerId } as never}
        search={{ tab: "value" } as never}
        className={classes.link}
      >
        <bdi lang={customer.language ?? undefined}>{customer.fullName}</bdi>
      </AppLink>
      <span className={classes.note}>
        {latin !== null && latin !== customer.fullName && (
          <>
            <bdi lang="und-Latn">{latin}</bdi>
            {" · "}
          </>
        )}
        <bdi className="num">{format.code(customer.customerNo)}</bdi>
      </span>
    </span>
  );
}
