import { Popover, UnstyledButton } from "@mantine/core";
import { KebabHorizontalIcon } from "@primer/octicons-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { AppLink } from "../../ui/app-link.tsx";
import type { Place } from "../areas.ts";
import classes from "./bottom-bar.module.css";

/** The areas at thumb height; those within the current area lie in a strip above. */
export function BottomBar({ places, current, pathname }: { places: readonly Place[]; current: Place | undefined; pathname: string }) {
  const { t } = useTranslation("app");
  const strip = current && current.within.length > 0 ? [{ id: current.id, path: current.path }, ...current.within] : [];
  const { shown, more } = split(places, current);
  const here = useRef<HTMLElement>(null);
  // Where the strip is longer than the screen, the page one is on is in sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is another place in the strip
  useEffect(() => {
    here.current?.querySelector("[aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
  }, [pathname]);
  return (
    <div className={classes.bottom}>
      {strip.length > 0 && current && (
        <nav aria-label={t("shell.within", { area: t(`areas.${current.id}`) })} className={classes.strip} ref={here}>
          {strip.map((inner) => (
            <AppLink
              key={inner.id}
              to={inner.path}
              className={classes.inner}
              activeOptions={{ exact: true }}
              aria-current={pathname === inner.path ? "page" : undefined}
            >
              {t(`areas.${inner.id}`)}
            </AppLink>
          ))}
        </nav>
      )}
      <nav aria-label={t("shell.areas")} className={classes.bar}>
        {shown.map((place) => (
          <PlaceLink key={place.id} place={place} isHere={place === current} pathname={pathname} />
        ))}
        {more.length > 0 && <More places={more} pathname={pathname} />}
      </nav>
    </div>
  );
}

/** So many fit beside each other at the width of a thumb. */
const PLACES_MAX = 5;

/** The place one is in is always shown; where not all fit, the last is for the rest. */
function split(places: readonly Place[], current: Place | undefined): { shown: readonly Place[]; more: readonly Place[] } {
  if (places.length <= PLACES_MAX) return { shown: places, more: [] };
  const first = places.slice(0, PLACES_MAX - 1);
  const shown = current === undefined || first.includes(current) ? first : [...first.slice(0, -1), current];
  return { shown, more: places.filter((place) => !shown.includes(place)) };
}

function PlaceLink({ place, isHere, pathname, onFollow }: { place: Place; isHere: boolean; pathname: string; onFollow?: () => void }) {
  const { t } = useTranslation("app");
  const Icon = place.icon;
  return (
    <AppLink
      to={place.path}
      className={classes.place}
      data-here={isHere || undefined}
      aria-current={pathname === place.path ? "page" : undefined}
      onClick={onFollow}
    >
      <Icon size={20} />
      <span>{t(`areas.${place.id}`)}</span>
    </AppLink>
  );
}

function More({ places, pathname }: { places: readonly Place[]; pathname: string }) {
  const { t } = useTranslation("app");
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} position="top-end" trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton className={classes.place} onClick={() => setOpened((before) => !before)}>
          <KebabHorizontalIcon size={20} />
          <span>{t("shell.more")}</span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={classes.more} aria-label={t("shell.more")}>
        {places.map((place) => (
          <PlaceLink key={place.id} place={place} isHere={false} pathname={pathname} onFollow={() => setOpened(false)} />
        ))}
      </Popover.Dropdown>
    </Popover>
  );
}
