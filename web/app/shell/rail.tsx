import { useTranslation } from "react-i18next";
import { AppLink } from "../../ui/app-link.tsx";
import type { Place } from "../areas.ts";
import { Mark } from "./mark.tsx";
import classes from "./rail.module.css";

interface RailProps {
  places: readonly Place[];
  current: Place | undefined;
  pathname: string;
}

export function Rail({ places, current, pathname }: RailProps) {
  const { t } = useTranslation("app");
  return (
    <nav className={classes.rail} aria-label={t("shell.areas")}>
      <AppLink to="/" className={classes.mark} aria-label="Vinculo">
        <Mark size={32} />
      </AppLink>
      <ul className={classes.places}>
        {places.map((place) => {
          const Icon = place.icon;
          const here = place === current;
          return (
            <li key={place.id}>
              <AppLink
                to={place.path}
                className={classes.place}
                data-here={here || undefined}
                aria-current={pathname === place.path ? "page" : undefined}
              >
                <Icon size={18} />
                <span>{t(`areas.${place.id}`)}</span>
              </AppLink>
              {here && place.within.length > 0 && (
                <ul className={classes.within} aria-label={t("shell.within", { area: t(`areas.${place.id}`) })}>
                  {place.within.map((inner) => (
                    <li key={inner.id}>
                      <AppLink
                        to={inner.path}
                        className={classes.inner}
                        aria-current={pathname.startsWith(inner.path) ? "page" : undefined}
                      >
                        {t(`areas.${inner.id}`)}
                      </AppLink>
                    </li>
                  ))}
                </ul>
              )}
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
