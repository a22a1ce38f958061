import { useEffect } from "react";
import { loadChineseFaces } from "./fonts.ts";

/** A name in Chinese brings its faces at once: else they come when the browser is idle, and the name changes its shape under the eye. */
export function useChineseFaces(name: string): void {
  const isChinese = /\p{Script=Han}/u.test(name);
  useEffect(() => {
    if (isChinese) void loadChineseFaces();
  }, [isChinese]);
}

/** For a page full of names, which may be Chinese in every language of the page: the faces come with it. */
export function useChineseNames(): void {
  useEffect(() => void loadChineseFaces(), []);
}
