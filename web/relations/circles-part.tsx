import { ActionIcon, Button, Group, Stack, TextInput } from "@mantine/core";
import { PencilIcon, PlusIcon, XIcon } from "@primer/octicons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  addCircleMember,
  correctCircleMember,
  createCircle,
  dissolveCircle,
  listCircles,
  listProposals,
  renameCircle,
} from "../../server/customers/relations/contract.ts";
import { CustomerName } from "../ui/customer-name.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Money } from "../ui/money.tsx";
import { notify } from "../ui/notify.tsx";
import { useFormat } from "../ui/preferences.tsx";
import { useAction } from "../ui/query.ts";
import { SidePanel } from "../ui/side-panel.tsx";
import { Surface } from "../ui/surface.tsx";
import { useCan } from "../ui/viewer.tsx";
import type { Circle, Member, Node } from "./answers.ts";
import { CustomerFinder, type Found } from "./customer-finder.tsx";
import { today } from "./days.ts";
import { RelationProblem } from "./relation-problem.tsx";
import classes from "./relations.module.css";

const stale = [listCircles, listProposals];
const isPresent = ({ toOn }: Member): boolean => toOn === null || toOn >= today();

/** The household of a person, the group of a company: who is in it, and what it has and owes as a whole. */
export function CirclesPart({ own, circles }: { own: Node; circles: readonly Circle[] }) {
  const { t } = useTranslation("relations");
  const canWrite = useCan("relation:write");
  const kind = own.kind === "person" ? "household" : "company_group";
  const create = useAction(createCircle, { refreshes: stale });
  const current = circles.filter((circle) =>
    circle.members.some((member) => member.customer.customerId === own.customerId && isPresent(member)),
  );
  if (current.length === 0)
    return (
      <Surface title={t(`circle.${kind}`)}>
        <EmptyState
          compact
          reason="data"
          title={t(`circle.none.${kind}`)}
          action={
            canWrite && (
              <Button
                size="xs"
                variant="default"
                leftSection={<PlusIcon size={14} />}
                loading={create.isPending}
                onClick={() =>
                  create.mutate({
                    body: { kind, members: [{ customerId: own.customerId, role: kind === "household" ? "head" : "parent_company" }] },
                  })
                }
              >
                {t(`circle.create.${kind}`)}
              </Button>
            )
          }
        />
        <RelationProblem error={create.error} />
      </Surface>
    );
  return current.map((circle) => <CircleCard key={circle.circleId} circle={circle} canWrite={canWrite} />);
}

function CircleCard({ circle, canWrite }: { circle: Circle; canWrite: boolean }) {
  const { t } = useTranslation("relations");
  const format = useFormat();
  const [editing, setEditing] = useState(false);
  const present = circle.members.filter(isPresent);
  return (
    <Surface
      title={
        circle.name === null ? (
          t(`circle.${circle.kind}`)
        ) : (
          <>
            {t(`circle.${circle.kind}`)} · <bdi>{circle.name}</bdi>
          </>
        )
      }
      aside={
        canWrite && (
          <Button size="xs" variant="default" leftSection={<PencilIcon size={14} />} onClick={() => setEditing(true)}>
            {t("circle.edit")}
          </Button>
        )
      }
    >
      <dl className={classes.totals}>
        {circle.totals.map(({ currency, assetsMinor, debtsMinor }) => (
          <Totals key={currency} currency={currency} assetsMinor={assetsMinor} debtsMinor={debtsMinor} />
        ))}
        <div>
          <dt>{t("circle.members")}</dt>
          <dd className="num">{format.number(present.length)}</dd>
        </div>
        <div>
          <dt>{t("circle.holdings")}</dt>
          <dd className="num">{format.number(circle.holdings)}</dd>
        </div>
      </dl>
      <ul className={classes.lines}>
        {present.map((member) => (
          <li key={member.memberId}>
            <CustomerName customer={member.customer} tab="relations" note={t(`circle.roles.${member.role}`)} />
          </li>
        ))}
      </ul>
      <SidePanel opened={editing} onClose={() => setEditing(false)} title={t(`circle.${circle.kind}`)}>
        {editing && <CircleForm key={circle.version} circle={circle} present={present} onClose={() => setEditing(false)} />}
      </SidePanel>
    </Surface>
  );
}

function Totals({ currency, assetsMinor, debtsMinor }: Omit<Circle["totals"][number], "holdings">) {
  const { t } = useTranslation("relations");
  return (
    <>
      <div>
        <dt>{t("circle.assets", { currency })}</dt>
        <dd>
          <Money minor={assetsMinor} currency={currency} />
        </dd>
      </div>
      {debtsMinor !== "0" && (
        <div>
          <dt>{t("circle.debts", { currency })}</dt>
          <dd>
            <Money minor={debtsMinor} currency={currency} />
          </dd>
        </div>
      )}
    </>
  );
}

function CircleForm({ circle, present, onClose }: { circle: Circle; present: readonly Member[]; onClose: () => void }) {
  const { t } = useTranslation("relations");
  const [name, setName] = useState(circle.name ?? "");
  const [other, setOther] = useState<Found | null>(null);
  const { circleId, version } = circle;
  const rename = useAction(renameCircle, { refreshes: stale, onDone: () => void notify({ tone: "good", message: t("circle.renamed") }) });
  const join = useAction(addCircleMember, { refreshes: stale, onDone: () => setOther(null) });
  const leave = useAction(correctCircleMember, { refreshes: stale });
  const dissolve = useAction(dissolveCircle, { refreshes: stale, onDone: onClose });
  return (
    <Stack gap="lg">
      <Stack gap="xs">
        <TextInput
          label={t("circle.name")}
          description={t("circle.nameNote")}
          value={name}
          maxLength={200}
          dir="auto"
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button
            size="xs"
            variant="default"
            disabled={name.trim() === (circle.name ?? "")}
            loading={rename.isPending}
            onClick={() => rename.mutate({ params: { circleId }, body: { version, name: name.trim() === "" ? null : name.trim() } })}
          >
            {t("circle.rename")}
          </Button>
        </Group>
      </Stack>
      <ul className={classes.lines} aria-label={t("circle.members")}>
        {present.map((member) => (
          <li key={member.memberId}>
            <CustomerName customer={member.customer} tab="relations" note={t(`circle.roles.${member.role}`)} />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t("circle.leave", { name: member.customer.fullName })}
              title={t("circle.leave", { name: member.customer.fullName })}
              onClick={() =>
                leave.mutate({ params: { circleId, memberId: member.memberId }, body: { version: member.version, toOn: dayBefore() } })
              }
            >
              <XIcon size={16} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <Stack gap="xs">
        <CustomerFinder
          exceptIds={present.map(({ customer }) => customer.customerId)}
          only={circle.kind === "household" ? "person" : "organisation"}
          chosen={other}
          onChoose={setOther}
        />
        <Group justify="flex-end">
          <Button
            size="xs"
            disabled={other === null}
            loading={join.isPending}
            onClick={() =>
              other !== null &&
              join.mutate({
                params: { circleId },
                body: { customerId: other.customerId, role: circle.kind === "household" ? "adult" : "member" },
              })
            }
          >
            {t("circle.add")}
          </Button>
        </Group>
      </Stack>
      <RelationProblem error={rename.error ?? join.error ?? leave.error ?? dissolve.error} />
      <Button
        variant="subtle"
        color="red.9"
        loading={dissolve.isPending}
        onClick={() => dissolve.mutate({ params: { circleId }, body: { version } })}
      >
        {t(`circle.dissolve.${circle.kind}`)}
      </Button>
    </Stack>
  );
}

/** Who leaves today was a member until yesterday. */
function dayBefore(): string {
  return today(new Date(Date.now() - 86_400_000));
}
