import type { ReactNode } from "react";
import classes from "./surface.module.css";

interface SurfaceProps {
  title?: ReactNode;
  /** Beside the title: a link, a switch, a count. */
  aside?: ReactNode;
  /** "none" lets a table or a list touch the edge. */
  padding?: "normal" | "none";
  /** Heading level of the title within the page. */
  level?: 2 | 3;
  children: ReactNode;
}

/** The one kind of box: a quiet surface with a thin line and, where it has one, a heading that names the region. */
export function Surface({ title, aside, padding = "normal", level = 2, children }: SurfaceProps) {
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <section className={classes.surface}>
      {title !== undefined && (
        <div className={classes.head}>
          <Heading className={classes.title}>{title}</Heading>
          {aside}
        </div>
      )}
      <div className={classes.body} data-padding={padding}>
        {children}
      </div>
    </section>
  );
}
