import { useEffect } from "react";
import { loadChineseFaces } from "../ui/fonts.ts";

/** Names may be Chinese in every language of the page: their faces are fetched with the page, not when the browser is idle. */
export function useChineseNames(): void {
  useEffect(() => void loadChineseFaces(), []);
}
