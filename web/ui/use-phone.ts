import { useMediaQuery } from "@mantine/hooks";

/** True on screens too narrow for a table: 48em (768 px) and below. */
export function usePhone(): boolean {
  return useMediaQuery("(max-width: 48em)", window.matchMedia("(max-width: 48em)").matches);
}
