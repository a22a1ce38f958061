import { Skeleton } from "@mantine/core";
import { listCircles, listProposals, listRelations } from "../../server/customers/relations/contract.ts";
import { ErrorState } from "../ui/error-state.tsx";
import { useEndpoint } from "../ui/query.ts";
import { CirclesPart } from "./circles-part.tsx";
import { OwnersPart, StructurePart } from "./owners-part.tsx";
import { ProposalsPart } from "./proposals-part.tsx";
import classes from "./relations.module.css";
import { RelationsPart } from "./relations-part.tsx";

/** Who stands how to a customer, to whom the customer belongs, and who owns an organisation in the end. */
export function RelationsTab({ id }: { id: string }) {
  const input = { params: { customerId: id } };
  const relations = useEndpoint(listRelations, input);
  const circles = useEndpoint(listCircles, input);
  const proposals = useEndpoint(listProposals, input);
  const error = relations.error ?? circles.error ?? proposals.error;
  if (error !== null)
    return <ErrorState error={error} retry={() => void Promise.all([relations, circles, proposals].map((one) => one.refetch()))} />;
  const own = relations.data?.nodes.find(({ customerId }) => customerId === id);
  if (relations.data === undefined || circles.data === undefined || proposals.data === undefined || own === undefined)
    return <Skeleton height={320} />;
  const company = own.kind === "organisation";
  return (
    <div className={classes.tab}>
      <div className={classes.column}>
        <RelationsPart own={own} answer={relations.data} />
        {company && <StructurePart customerId={id} />}
      </div>
      <div className={classes.column}>
        {company && <OwnersPart customerId={id} />}
        <CirclesPart own={own} circles={circles.data.circles} />
        <ProposalsPart own={own} proposals={proposals.data.proposals} />
      </div>
    </div>
  );
}
