import type { ReactNode } from "react";
import classes from "./fill-page.module.css";

/** A page that is exactly as high as the screen: its table scrolls, the page does not. */
export function FillPage({ children }: { children: ReactNode }) {
  return <div className={classes.fill}>{children}</div>;
}
