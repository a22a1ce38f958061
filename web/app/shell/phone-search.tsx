import { UnstyledButton } from "@mantine/core";
import { SearchIcon } from "@primer/octicons-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./search.module.css";

const PhoneSearchScreen = lazy(() => import("./phone-search-screen.tsx").then((module) => ({ default: module.PhoneSearchScreen })));

/** On a phone the search takes the whole screen. */
export function PhoneSearch() {
  const { t } = useTranslation("app");
  const [shown, setShown] = useState(false);
  return (
    <>
      <UnstyledButton className={classes.phoneButton} onClick={() => setShown(true)}>
        <SearchIcon size={16} />
        <span>{t("search.short")}</span>
      </UnstyledButton>
      <Suspense>{shown && <PhoneSearchScreen onClose={() => setShown(false)} />}</Suspense>
    </>
  );
}
