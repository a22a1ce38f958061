import { UnstyledButton } from "@mantine/core";
import { SearchIcon } from "@primer/octicons-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFocusBack } from "../../ui/focus-back.ts";
import classes from "./search.module.css";

const PhoneSearchScreen = lazy(() => import("./phone-search-screen.tsx").then((module) => ({ default: module.PhoneSearchScreen })));

/** On a phone the search takes the whole screen. */
export function PhoneSearch() {
  const { t } = useTranslation("app");
  const [shown, setShown] = useState(false);
  const { remember, giveBack } = useFocusBack();
  const open = () => {
    remember();
    setShown(true);
  };
  const close = () => {
    setShown(false);
    giveBack();
  };
  return (
    <>
      <UnstyledButton className={classes.phoneButton} onClick={open}>
        <SearchIcon size={16} />
        <span>{t("search.short")}</span>
      </UnstyledButton>
      <Suspense>{shown && <PhoneSearchScreen onClose={close} />}</Suspense>
    </>
  );
}
