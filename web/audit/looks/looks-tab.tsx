import { useChineseNames } from "../../ui/chinese-faces.ts";
import { LooksTable } from "./looks-table.tsx";

/** On the page of a customer, for those who may read the trail. */
export function LooksTab({ id }: { id: string }) {
  useChineseNames();
  return <LooksTable customerId={id} days={{}} height={480} />;
}
