import { useEffect } from "react";
import { loadChineseFaces } from "../../ui/fonts.ts";
import { LooksTable } from "./looks-table.tsx";

/** On the page of a customer, for those who may read the trail. */
export function LooksTab({ id }: { id: string }) {
  useEffect(() => void loadChineseFaces(), []);
  return <LooksTable customerId={id} days={{}} height={480} />;
}
