import { useTranslation } from "react-i18next";
import { AppLink } from "../../ui/app-link.tsx";
import type { Place } from "../areas.ts";
import classes from "./bottom-bar.module.css";

/** The areas at thumb height; those within the current area lie in a strip above. */
export function BottomBar({ places, current, pathname }: { places: readonly Place[]; current: Place | undefined; pathname: string }) {
  const { t } = useTranslation("app");
  const strip = current && current.within.length > 0 ? [{ id: current.id, path: current.path }, ...current.within] : [];
  return (
    <div className={classes.bottom}>
      {strip.length > 0 && current && (
        <nav aria-label={t("shell.within", { area: t(`areas.${current.id}`) })} className={classes.strip}>
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
        {places.map((place) => {
          const Icon = place.icon;
          return (
            <AppLink
              key={place.id}
              to={place.path}
              className={classes.place}
              data-here={place === current || undefined}
              aria-current={pathname === place.path ? "page" : undefined}
            >
              <Icon size={20} />
              <span>{t(`areas.${place.id}`)}</span>
            </AppLink>
          );
        })}
      </nav>
    </div>
  );
}
