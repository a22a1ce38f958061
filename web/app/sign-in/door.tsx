import type { ReactNode } from "react";
import { Mark } from "../shell/mark.tsx";
import classes from "./sign-in.module.css";

/** A page before anybody is signed in: the mark, a title and one thing to do. */
export function Door({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className={classes.page}>
      <header className={classes.top}>
        <span className={classes.brand}>
          <Mark size={28} /> Vinculo
        </span>
      </header>
      <main className={classes.main}>
        <section className={classes.form} aria-labelledby="door-title">
          <h1 id="door-title" className={classes.bank}>
            <bdi>{title}</bdi>
          </h1>
          {children}
        </section>
      </main>
    </div>
  );
}
