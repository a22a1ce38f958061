import { Modal, TextInput, UnstyledButton } from "@mantine/core";
import { SearchIcon } from "@primer/octicons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./search.module.css";
import { useSearchField } from "./search-field.tsx";
import { SearchResults } from "./search-results.tsx";

/** On a phone the search takes the whole screen. */
export function PhoneSearch() {
  const { t } = useTranslation("app");
  const [shown, setShown] = useState(false);
  const search = useSearchField(() => setShown(false));
  return (
    <>
      <UnstyledButton className={classes.phoneButton} onClick={() => setShown(true)}>
        <SearchIcon size={16} />
        <span>{t("search.short")}</span>
      </UnstyledButton>
      <Modal opened={shown} onClose={() => setShown(false)} fullScreen title={t("search.label")} closeButtonProps={{ "aria-label": t("search.close") }}>
        <TextInput {...search.inputProps} data-autofocus size="md" aria-label={t("search.label")} placeholder={t("search.placeholder")} leftSection={<SearchIcon size={16} />} enterKeyHint="search" />
        <div className={classes.phonePanel}>
          <SearchResults {...search.resultsProps} />
        </div>
      </Modal>
    </>
  );
}
