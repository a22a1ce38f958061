import { Button, Popover } from "@mantine/core";
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/preferences.tsx";
import type { Attribute } from "./customer.ts";
import classes from "./origin.module.css";
import { OriginTable } from "./origin-table.tsx";
import { useValueWays } from "./values/value-context.ts";

interface OriginProps {
  /** Names the value: "date of birth". */
  what: string;
  /** All that sources say, the winner first. Without it the children are shown plain. */
  attribute: Attribute | undefined;
  /** Writes a source's value as the page writes it; default: as it is. */
  say?: (value: string) => string;
  children: ReactNode;
}

const openDelayMs = 250;

/** A value that says on hover, focus or click where it comes from, who says otherwise, and why this one won. */
export function Origin({ what, attribute, say, children }: OriginProps) {
  const { t } = useTranslation("customers");
  const { open: openValue, disputed } = useValueWays();
  const winner = attribute?.values[0];
  if (attribute === undefined || winner === undefined) return children;
  const rivals = new Set(attribute.values.map(({ value }) => value)).size > 1;
  const popover = (
    <OriginPopover
      label={t("origin.of", { what })}
      rivals={rivals}
      content={<OriginTable attribute={attribute} {...(say ? { say } : {})} />}
      {...(openValue ? { onMore: () => openValue(attribute.attribute) } : {})}
    >
      {children}
    </OriginPopover>
  );
  if (!disputed.has(attribute.attribute)) return popover;
  return (
    <>
      {popover} <span className={classes.disputed}>{t("values.isDisputed")}</span>
    </>
  );
}

interface OneOriginProps {
  what: string;
  sources: readonly { readonly name: string }[];
  changedAt?: string;
  children: ReactNode;
}

/** The same for a value that has no rivals: which sources say it, since when. */
export function OneOrigin({ what, sources, changedAt, children }: OneOriginProps) {
  const { t } = useTranslation("customers");
  const format = useFormat();
  const names = format.list(sources.map(({ name }) => name));
  return (
    <OriginPopover
      label={t("origin.of", { what })}
      rivals={false}
      content={
        <p className={classes.line}>
          {t("origin.from", { sources: names })}
          {changedAt !== undefined && (
            <>
              <br />
              {t("origin.changed", { time: format.dateTime(changedAt) })}
            </>
          )}
        </p>
      }
    >
      {children}
    </OriginPopover>
  );
}

/** Above the bars of the page; a dialog opened from within covers it. */
const BELOW_DIALOGS = 150;

interface OriginPopoverProps {
  label: string;
  rivals: boolean;
  content: ReactNode;
  /** What one may do about it; reached by keyboard in the table of what each source says. */
  onMore?: () => void;
  children: ReactNode;
}

/** Opens as a tooltip does, but a finger can open it too, and it stays while the pointer is on it. */
function OriginPopover({ label, rivals, content, onMore, children }: OriginPopoverProps) {
  const { t } = useTranslation("customers");
  const [opened, setOpened] = useState(false);
  const timer = useRef<number | undefined>(undefined);
  const id = useId();
  const later = (open: boolean): void => {
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setOpened(open), openDelayMs);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  const hover = { onMouseEnter: () => later(true), onMouseLeave: () => later(false) };
  return (
    <Popover
      zIndex={BELOW_DIALOGS}
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      width="max-content"
      withRoles={false}
      trapFocus={false}
      returnFocus={false}
      closeOnEscape
    >
      <Popover.Target>
        <button
          type="button"
          className={classes.trigger}
          data-rivals={rivals || undefined}
          aria-describedby={opened ? id : undefined}
          aria-expanded={opened}
          onClick={() => {
            clearTimeout(timer.current);
            setOpened(true);
          }}
          onFocus={(event) => event.currentTarget.matches(":focus-visible") && later(true)}
          onBlur={() => later(false)}
          onKeyDown={(event) => event.key === "Escape" && setOpened(false)}
          {...hover}
        >
          {children}
          <span className="visually-hidden">, {label}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown {...hover} p={0} className={classes.dropdown}>
        <div id={id} role="tooltip" className={classes.content}>
          <p className={classes.title}>{label}</p>
          {content}
        </div>
        {onMore && (
          <Button
            variant="subtle"
            size="compact-sm"
            m={8}
            mt={0}
            tabIndex={-1}
            onClick={() => {
              setOpened(false);
              onMore();
            }}
          >
            {t("values.more")}
          </Button>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
