import { Anchor } from "@mantine/core";
import { ChevronRightIcon } from "@primer/octicons-react";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { AppLink } from "./app-link.tsx";
import classes from "./page-header.module.css";

interface PageHeaderProps {
  title: string;
  /** Shown instead of the plain title, which still names the browser tab. */
  heading?: ReactNode;
  /** The way up, at most two levels. */
  path?: readonly { readonly label: string; readonly to: string }[];
  /** One quiet line: a count, a state, a time. */
  note?: ReactNode;
  actions?: ReactNode;
}

export function PageHeader({ title, heading, path = [], note, actions }: PageHeaderProps) {
  const { t } = useTranslation("ui");
  useEffect(() => {
    document.title = `${title} · Vinculo`;
  }, [title]);
  return (
    <header className={classes.header}>
      {path.length > 0 && (
        <nav aria-label={t("page.path")} className={classes.path}>
          {path.map((step) => (
            <span key={step.to}>
              <Anchor component={AppLink} to={step.to} size="sm">
                <bdi>{step.label}</bdi>
              </Anchor>
              <ChevronRightIcon size={12} className="mirror" />
            </span>
          ))}
        </nav>
      )}
      <div className={classes.row}>
        <div className={classes.words}>
          <h1 className={classes.title}>{heading ?? <bdi>{title}</bdi>}</h1>
          {note !== undefined && <div className={classes.note}>{note}</div>}
        </div>
        {actions !== undefined && <div className={classes.actions}>{actions}</div>}
      </div>
    </header>
  );
}
