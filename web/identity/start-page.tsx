import { useCan } from "../ui/viewer.tsx";
import { QualityPage } from "./quality/page.tsx";
import { QueuePage } from "./queue/page.tsx";

/** Who decides pairs begins with those that wait; who may only read begins with how good the matching is. */
export function StartPage() {
  return useCan("identity:decide") ? <QueuePage /> : <QualityPage />;
}
