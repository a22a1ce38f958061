import type { ReactNode } from "react";
import { AppLink } from "./app-link.tsx";
import { useChineseFaces } from "./chinese-faces.ts";
import classes from "./customer-name.module.css";
import { useFormat } from "./preferences.tsx";

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
}

/** A customer's name in its own script as a link, with a second line for who does not read that script. */
export function CustomerName({ customer, tab, note }: CustomerNameProps) {
  const { customerId, fullName, customerNo, latinName, language } = customer;
  const format = useFormat();
  useChineseFaces(fullName);
  const isNamed = fullName.trim() !== "";
  const below = [
    latinName !== null && latinName !== undefined && latinName !== fullName && <bdi lang="und-Latn">{latinName}</bdi>,
    isNamed && customerNo !== undefined && <bdi className="num">{format.code(customerNo)}</bdi>,
    note !== null && note !== undefined && <bdi>{note}</bdi>,
  ].filter((part) => part !== false);
  return (
    <span className={classes.who}>
      <AppLink
        to="/customers/$customerId"
        params={{ customerId } as never}
        search={(tab === undefined ? {} : { tab }) as never}
        className={classes.name}
      >
        <bdi lang={language ?? undefined}>{isNamed ? fullName : format.code(customerNo ?? "")}</bdi>
      </AppLink>
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
