import { Loader, UnstyledButton } from "@mantine/core";
import { ChevronRightIcon } from "@primer/octicons-react";
import { useTranslation } from "react-i18next";
import type { Welcome } from "../../../server/governance/access/contract.ts";
import classes from "./sign-in.module.css";

interface DemoPeopleProps {
  people: Welcome["demoPeople"];
  busyLogin: string | null;
  onChoose: (login: string) => void;
}

/** On a demo bank one signs in by choosing whom to be. */
export function DemoPeople({ people, busyLogin, onChoose }: DemoPeopleProps) {
  const { t } = useTranslation("app");
  return (
    <section className={classes.demo} aria-labelledby="demo-title">
      <h2 id="demo-title" className={classes.demoTitle}>
        {t("signIn.demo")}
      </h2>
      <p className={classes.demoText}>{t("signIn.demoText")}</p>
      <ul className={classes.people}>
        {people.map((person) => (
          <li key={person.login}>
            <UnstyledButton className={classes.person} disabled={busyLogin !== null} onClick={() => onChoose(person.login)}>
              <span className={classes.personWords}>
                <span className={classes.personName}>
                  <bdi lang={person.locale}>{person.displayName}</bdi>
                </span>
                <span className={classes.personRole}>
                  {t("roles.at", {
                    role: t(`roles.${person.roleId}`, { defaultValue: person.roleName ?? person.roleId }),
                    unit: person.unitName,
                  })}
                </span>
              </span>
              <bdi className={classes.personLogin}>{person.login}</bdi>
              {busyLogin === person.login ? <Loader size={14} /> : <ChevronRightIcon size={14} className="mirror" />}
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </section>
  );
}
