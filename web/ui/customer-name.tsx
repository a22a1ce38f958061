import type { ReactNode } from "react";
import { AppLink } from "./app-link.tsx";
import { useChineseFaces } from "./chinese-faces.ts";
import classes from "./customer-name.module.css";
import { useFormat } from "./preferences.tsx";
import { usePhone } from "./use-phone.ts";

export interface NamedCustomer {
  readonly customerId: string;
  readonly fullName: string;
  readonly customerNo?: string | undefined;
  readonly latinName?: string | null | undefined;
  readonly language?: string | null | undefined;
}

interface CustomerNameProps {
  customer: NamedCustomer;
  /** The tab of the customer's page that it leads to; the first without it. */
  tab?: string | undefined;
  /** Stands after the number: a branch, a role. */
  note?: ReactNode;
  /** Stands beside the name: what to know before calling. */
  marks?: ReactNode;
  /** Each line is cut where its cell ends. The arrows move and Enter opens: the link is no stop of its own. */
  inGrid?: boolean;
}

/** A customer's name in its own script as a link, with a second line for who does not read that script. */
export function CustomerName({ customer, tab, note, marks, inGrid = false }: CustomerNameProps) {
  const { customerId, fullName, customerNo, latinName, language } = customer;
  const format = useFormat();
  const phone = usePhone();
  useChineseFaces(fullName);
  const isNamed = fullName.trim() !== "";
  const below = [
    latinName !== null && latinName !== undefined && latinName !== fullName && <bdi lang="und-Latn">{latinName}</bdi>,
    isNamed && customerNo !== undefined && <bdi className="num">{format.code(customerNo)}</bdi>,
    note !== null && note !== undefined && <bdi>{note}</bdi>,
  ].filter((part) => part !== false);
  return (
    <span className={classes.who} data-in-grid={inGrid || undefined}>
      <span className={classes.first}>
        <AppLink
          to="/customers/$customerId"
          params={{ customerId } as never}
          search={(tab === undefined ? {} : { tab }) as never}
          className={classes.name}
          {...(inGrid && !phone ? { tabIndex: -1 } : {})}
        >
          <bdi lang={language ?? undefined}>{isNamed ? fullName : format.code(customerNo ?? "")}</bdi>
        </AppLink>
        {marks}
      </span>
      {below.length > 0 && (
        <span className={classes.below}>
          {below.map((part, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts are three and keep their order
            <span key={at}>
              {at > 0 && " · "}
              {part}
            </span>
          ))}
        </span>
      )}
    </span>
  );
}
