import type { ReactNode } from "react";

/** Text of unknown script inside a sentence or a cell: its direction stays its own, and the screen reader is told its language when known. */
export function Bidi({ children, lang, className }: { children: ReactNode; lang?: string | undefined; className?: string | undefined }) {
  return (
    <bdi lang={lang} className={className}>
      {children}
    </bdi>
  );
}
