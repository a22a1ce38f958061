import { Badge } from "@mantine/core";
import { OrganizationIcon, PersonIcon } from "@primer/octicons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "../../ui/copy-button.tsx";
import { DateText } from "../../ui/date-text.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useCodes } from "../codes.ts";
import { todayOf, yearsBetween } from "../days.ts";
import { attributeOf, type View } from "./customer.ts";
import classes from "./header.module.css";
import { Origin } from "./origin.tsx";

/** Who is this: the name in its own script, how to read it, number, tier, who serves them, in which language to greet. */
export function CustomerHeader({ view, aside }: { view: View; aside: ReactNode }) {
  const { t } = useTranslation("customers");
  const format = useFormat();
  const { customer } = view;
  const latin = customer.latinName !== null && customer.latinName !== customer.fullName ? customer.latinName : null;
  const Icon = customer.kind === "person" ? PersonIcon : OrganizationIcon;
  return (
    <header className={classes.header}>
      <span className={classes.kind} title={t(`kind.${customer.kind}`)}>
        <Icon size={22} aria-label={t(`kind.${customer.kind}`)} />
      </span>
      <div className={classes.words}>
        <h1 className={classes.name}>
          <Origin what={t("fields.name")} attribute={attributeOf(view, "full_name")}>
            <bdi lang={customer.language ?? undefined}>{customer.fullName}</bdi>
          </Origin>
        </h1>
        <p className={classes.second}>
          {latin !== null && (
            <Origin what={t("fields.latinName")} attribute={attributeOf(view, "latin_name")}>
              <bdi lang="und-Latn">{latin}</bdi>
            </Origin>
          )}
          <span className={classes.number}>
            <span className="visually-hidden">{t("fields.customerNo")} </span>
            <bdi className="num">{format.code(customer.customerNo)}</bdi>
            <CopyButton value={customer.customerNo} what={t("fields.customerNo")} />
          </span>
        </p>
        <KeyFacts view={view} />
      </div>
      <div className={classes.aside}>{aside}</div>
    </header>
  );
}

function KeyFacts({ view }: { view: View }) {
  const { t } = useTranslation("customers");
  const format = useFormat();
  const codes = useCodes();
  const { customer } = view;
  const person = customer.kind === "person";
  const age = customer.bornOn === null ? null : yearsBetween(customer.bornOn, customer.deceasedOn ?? todayOf(new Date()));
  const owner = customer.portfolio?.ownerName ?? customer.portfolio?.name ?? null;
  return (
    <dl className={classes.facts}>
      {customer.segment !== null && (
        <Fact label={t("fields.segment")}>
          <Origin what={t("fields.segment")} attribute={attributeOf(view, "segment")} say={(code) => codes("segment", code)}>
            <Badge size="lg">{codes("segment", customer.segment)}</Badge>
          </Origin>
        </Fact>
      )}
      <Fact label={t("fields.portfolio")}>
        <Origin what={t("fields.portfolio")} attribute={attributeOf(view, "portfolio_code")}>
          <bdi>{owner ?? t("view.noPortfolio")}</bdi>
        </Origin>
      </Fact>
      <Fact label={t("fields.branch")}>
        <Origin what={t("fields.branch")} attribute={attributeOf(view, "branch_code")}>
          <bdi>{customer.branch?.name ?? t("view.noBranch")}</bdi>
        </Origin>
      </Fact>
      {customer.language !== null && (
        <Fact label={t("view.greetIn")}>
          <Origin what={t("fields.language")} attribute={attributeOf(view, "language")} say={format.languageName}>
            <bdi>{format.languageName(customer.language)}</bdi>
          </Origin>
        </Fact>
      )}
      {customer.bornOn !== null && age !== null && (
        <Fact label={t(person ? "view.age" : "view.founded")}>
          <Origin
            what={t(person ? "fields.bornOn" : "view.founded")}
            attribute={attributeOf(view, "born_on")}
            say={(day) => format.date(day)}
          >
            <span className="num">{person ? t("view.years", { count: age }) : format.date(customer.bornOn)}</span>
          </Origin>
        </Fact>
      )}
      {customer.customerSince !== null && (
        <Fact label={t("fields.customerSince")}>
          <Origin what={t("fields.customerSince")} attribute={attributeOf(view, "customer_since")} say={(day) => format.date(day)}>
            <DateText value={customer.customerSince} style="month" />
          </Origin>
        </Fact>
      )}
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
