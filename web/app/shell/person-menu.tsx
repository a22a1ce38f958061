import { Popover, Skeleton, UnstyledButton } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "../session.tsx";
import classes from "./person-menu.module.css";

const PersonCard = lazy(() => import("./person-card.tsx").then((module) => ({ default: module.PersonCard })));

/** Two letters of a name; for scripts without capitals the first letter says enough. */
function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? "")][0] ?? "");
  return /^[\p{Script=Latin}]+$/u.test(letters.join("")) ? letters.join("").toUpperCase() : (letters[0] ?? "");
}

export function PersonMenu() {
  const { t } = useTranslation("app");
  const [opened, setOpened] = useState(false);
  const { user } = useSession().session;
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={316} trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton
          className={classes.button}
          onClick={() => setOpened(!opened)}
          aria-label={`${t("person.menu")}: ${user.displayName}`}
          aria-expanded={opened}
        >
          <span className={classes.initials} data-initials={initialsOf(user.displayName)} />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={t("person.menu")}>
        <Suspense fallback={<Skeleton height={320} />}>
          <PersonCard />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
