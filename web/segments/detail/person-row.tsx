import type { ReactNode } from "react";
import { AppLink } from "../../ui/app-link.tsx";
import classes from "./detail.module.css";

interface PersonRowProps {
  person: { customerId: string; customerNo: string; fullName: string; branchName: string | null };
  aside: ReactNode;
}

export function PersonRow({ person, aside }: PersonRowProps) {
  return (
    <li>
      <span>
        <AppLink to="/customers/$customerId" params={{ customerId: person.customerId } as never}>
          <bdi>{person.fullName}</bdi>
        </AppLink>
        <span className={classes.quiet}>
          <bdi>{person.customerNo}</bdi>
          {person.branchName === null ? "" : " · "}
          <bdi>{person.branchName}</bdi>
        </span>
      </span>
      <span className={classes.quiet}>{aside}</span>
    </li>
  );
}
