import { Skeleton } from "@mantine/core";
import { lazy, Suspense, useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { AppLink } from "../../ui/app-link.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { loadMessages } from "../../ui/i18n.ts";
import { useFormat } from "../../ui/preferences.tsx";
import { usePhone } from "../../ui/use-phone.ts";
import { useViewer } from "../../ui/viewer.tsx";
import { areas, type Place, placesFor } from "../areas.ts";
import { useSession } from "../session.tsx";
import { SearchField } from "../shell/search-field.tsx";
import classes from "./home.module.css";

/** What each area has for this person's day. */
const parts = areas
  .flatMap((area) => (area.home ?? []).map((part) => ({ ...part, namespace: area.namespace })))
  .sort((a, b) => a.order - b.order)
  .map((part) => ({
    ...part,
    Part: lazy(async () => {
      const [Part] = await Promise.all([part.load(), loadMessages(part.namespace)]);
      return { default: Part };
    }),
  }));

const canSearch = (permissions: ReadonlySet<string>): boolean =>
  areas.some((area) => area.search && permissions.has(area.search.permission));

export function HomePage() {
  const { t } = useTranslation("app");
  const { permissions } = useViewer();
  const phone = usePhone();
  const places = useMemo(() => placesFor(permissions).filter((place) => place.path !== "/"), [permissions]);
  const shown = parts.filter((part) => permissions.has(part.permission));
  useEffect(() => {
    document.title = `${t("areas.home")} · Vinculo`;
  }, [t]);
  return (
    <div className={classes.home}>
      <Greeting />
      {/* On a phone the search stands right above. */}
      {canSearch(permissions) && !phone && (
        <div className={classes.find}>
          <h2 className={classes.question}>{t("home.find")}</h2>
          <SearchField large />
        </div>
      )}
      {shown.length > 0 && (
        <div className={classes.parts}>
          {shown.map(({ id, Part }) => (
            <Suspense key={id} fallback={<Skeleton height={180} radius="md" />}>
              <Part />
            </Suspense>
          ))}
        </div>
      )}
      {places.length > 0 ? (
        <Ways places={places} />
      ) : (
        <EmptyState reason="permission" title={t("home.nothing")} text={t("home.nothingText")} />
      )}
    </div>
  );
}

function Greeting() {
  const { t } = useTranslation("app");
  const format = useFormat();
  const { session } = useSession();
  const now = new Date();
  const time = now.getHours() < 12 ? "morning" : now.getHours() < 18 ? "day" : "evening";
  const role = session.user.roles[0];
  return (
    <header>
      <h1 className={classes.title}>{t(`home.${time}`, { name: session.user.displayName })}</h1>
      <p className={`num ${classes.note}`}>
        <bdi>{format.date(now, "long")}</bdi>
        {role && (
          <>
            {" · "}
            <bdi>
              {t("roles.at", { role: t(`roles.${role.roleId}`, { defaultValue: role.roleName ?? role.roleId }), unit: role.unitName })}
            </bdi>
          </>
        )}
      </p>
    </header>
  );
}

function Ways({ places }: { places: readonly Place[] }) {
  const { t } = useTranslation("app");
  return (
    <nav aria-label={t("home.areas")}>
      <ul className={classes.ways}>
        {places.map((place) => {
          const Icon = place.icon;
          return (
            <li key={place.id}>
              <AppLink to={place.path} className={classes.way}>
                <Icon size={18} />
                <span>
                  <strong>{t(`areas.${place.id}`)}</strong>
                  <span>{t(`home.about.${place.id}`)}</span>
                </span>
              </AppLink>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
