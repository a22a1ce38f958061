import { useCallback, useRef } from "react";

/** For a dialog that is fetched when first asked for, and so cannot know what was focused before it: the keyboard goes on where it was. */
export function useFocusBack() {
  const from = useRef<Element | null>(null);
  const remember = useCallback(() => {
    from.current = document.activeElement;
  }, []);
  const giveBack = useCallback(() => {
    const before = from.current;
    // After the dialog has let go of the focus.
    setTimeout(() => before instanceof HTMLElement && before.isConnected && before.focus({ preventScroll: true }), 0);
  }, []);
  return { remember, giveBack };
}
