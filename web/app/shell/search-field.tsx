import { CloseButton, Loader, TextInput } from "@mantine/core";
import { useClickOutside } from "@mantine/hooks";
import { SearchIcon } from "@primer/octicons-react";
import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useId, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { KeyHint } from "../../ui/key-hint.tsx";
import { useShortcuts } from "../../ui/shortcuts.tsx";
import classes from "./search.module.css";
import { SearchResults } from "./search-results.tsx";
import { type SearchState, useSearch } from "./use-search.ts";
import { useWhenSettled } from "./use-when-settled.ts";

/** The search that is always there. Results stay after one is opened; `/` comes back to them. */
export function SearchField({ large = false, autoFocus = false }: { large?: boolean; autoFocus?: boolean }) {
  const { t } = useTranslation("app");
  const field = useRef<HTMLInputElement>(null);
  const search = useSearchField(() => field.current?.blur());
  const outside = useClickOutside<HTMLDivElement>(() => search.setOpened(false));
  useShortcuts(
    useMemo(() => {
      const focus = () => {
        field.current?.focus();
        field.current?.select();
      };
      return large ? [] : [{ keys: "/", label: t("shortcuts.search"), run: focus }];
    }, [t, large]),
  );
  return (
    <search ref={outside} className={classes.search} data-large={large || undefined}>
      <TextInput
        ref={field}
        {...search.inputProps}
        data-autofocus={autoFocus || undefined}
        size={large ? "lg" : "sm"}
        aria-label={t("search.label")}
        aria-keyshortcuts="/"
        placeholder={t("search.placeholder")}
        leftSection={<SearchIcon size={16} />}
        rightSection={
          search.state.busy ? (
            <Loader size={14} />
          ) : search.text === "" ? (
            large ? null : (
              <KeyHint keys="/" />
            )
          ) : (
            <CloseButton size="sm" aria-label={t("search.clear")} onClick={() => search.setText("")} />
          )
        }
      />
      {search.opened && (
        <div className={classes.panel}>
          <SearchResults {...search.resultsProps} />
        </div>
      )}
    </search>
  );
}

/** What the field on the desktop and the screen on the phone share: text, results, and the keys that move through them. */
export function useSearchField(afterOpen: () => void) {
  const navigate = useNavigate();
  const listId = useId();
  const [text, setText] = useState("");
  const [opened, setOpened] = useState(false);
  const [active, setActive] = useState(-1);
  const state: SearchState = useSearch(text, opened);
  const choices = state.asked === "" ? state.recent : state.hits;
  const open = (to: string) => {
    setOpened(false);
    void navigate({ to });
    afterOpen();
  };
  const first = text.trim() === "" ? undefined : choices[0];
  const awaited = useWhenSettled(state.settled, () => first && open(first.to));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setOpened(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      setActive((before) => (choices.length === 0 ? -1 : (before + step + choices.length) % choices.length));
    }
    const chosen = choices[active];
    if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      if (chosen) open(chosen.to);
      else awaited.ask();
    }
    if (event.key === "Escape") {
      setOpened(false);
      afterOpen();
    }
  };
  const inputProps = {
    value: text,
    onChange: (event: { currentTarget: { value: string } }) => {
      setText(event.currentTarget.value);
      setActive(-1);
      setOpened(true);
      awaited.forget();
    },
    onFocus: () => setOpened(true),
    onKeyDown,
    dir: "auto",
    autoComplete: "off",
    spellCheck: false,
    role: "combobox",
    "aria-expanded": opened,
    "aria-controls": listId,
    "aria-autocomplete": "list" as const,
    "aria-activedescendant": active >= 0 ? `${listId}-${active}` : undefined,
  };
  return { text, setText, opened, setOpened, state, inputProps, resultsProps: { listId, state, text, active, onOpen: open } };
}
