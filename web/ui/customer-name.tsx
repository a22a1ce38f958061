import { type ReactNode, useEffect } from "react";
import { AppLink } from "./app-link.tsx";
import classes from "./customer-name.module.css";
import { loadChineseFaces } from "./fonts.ts";
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
  useFaces(fullName);
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

/** A name in Chinese brings its faces at once: the browser would fetch them when idle, and the name would change shape under the eye. */
function useFaces(name: string) {
  const isChinese = /\p{Script=Han}/u.test(name);
  useEffect(() => {
    if (isChinese) void loadChineseFaces();
  }, [isChinese]);
}
