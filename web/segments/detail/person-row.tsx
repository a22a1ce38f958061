import type { ReactNode } from "react";
import { CustomerName } from "../../ui/customer-name.tsx";
import classes from "./detail.module.css";

interface PersonRowProps {
  person: { customerId: string; customerNo: string; fullName: string; branchName: string | null };
  aside: ReactNode;
}

export function PersonRow({ person, aside }: PersonRowProps) {
  return (
    <li>
      <CustomerName customer={person} note={person.branchName} />
      <span className={classes.quiet}>{aside}</span>
    </li>
  );
}
