import { Modal, TextInput } from "@mantine/core";
import { SearchIcon } from "@primer/octicons-react";
import { useTranslation } from "react-i18next";
import classes from "./search.module.css";
import { useSearchField } from "./search-field.tsx";
import { SearchResults } from "./search-results.tsx";

export function PhoneSearchScreen({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("app");
  const search = useSearchField(onClose);
  return (
    <Modal opened onClose={onClose} fullScreen title={t("search.label")} closeButtonProps={{ "aria-label": t("search.close") }}>
      <TextInput
        {...search.inputProps}
        data-autofocus
        size="md"
        aria-label={t("search.label")}
        placeholder={t("search.placeholder")}
        leftSection={<SearchIcon size={16} />}
        enterKeyHint="search"
      />
      <div className={classes.phonePanel}>
        <SearchResults {...search.resultsProps} />
      </div>
    </Modal>
  );
}
