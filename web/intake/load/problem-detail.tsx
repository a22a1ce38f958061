import { useTranslation } from "react-i18next";
import { failureReasons, WorkOfPeople } from "../../../server/customers/intake/contract.ts";
import { useFormat } from "../../ui/preferences.tsx";
import { isProblem } from "../../ui/problem.ts";
import { isolate } from "../isolate.ts";
import { useWords } from "../words.ts";
import { LoadLink } from "./load-link.tsx";
import classes from "./report.module.css";
import { Alarm } from "./report.tsx";

interface Dependent {
  readonly loadNo: number;
  readonly loadId: string;
  readonly kind: string;
  readonly rows: number;
}

const asDependents = (value: unknown): Dependent[] =>
  Array.isArray(value) ? value.filter((item): item is Dependent => typeof item === "object" && item !== null && "loadNo" in item) : [];

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** What a refusal about loads names beyond its code: the load that is in the way, the file that is wrong, what stands on this. */
export function ProblemDetail({ error }: { error: unknown }) {
  const { t } = useTranslation("intake");
  const format = useFormat();
  if (!isProblem(error)) return null;
  const { detail } = error;
  if (error.code === "depends_on_this") {
    return (
      <>
        <Dependents list={asDependents(detail.loads)} />
        <People list={WorkOfPeople.array().catch([]).parse(detail.people)} />
      </>
    );
  }
  if (error.code === "in_progress" && typeof detail.loadNo === "number") {
    return (
      <Alarm title={t("problem.taken", { by: isolate(text(detail.by)) })}>
        {text(detail.loadId) !== "" && <LoadLink loadId={text(detail.loadId)} loadNo={detail.loadNo} />}
      </Alarm>
    );
  }
  if (!failureReasons.some((reason) => reason === detail.reason)) return null;
  return (
    <Alarm title={<bdi>{text(detail.file)}</bdi>}>
      {t(`failures.${text(detail.reason)}`, { number: typeof detail.loadNo === "number" ? format.number(detail.loadNo) : "" })}
    </Alarm>
  );
}

function Dependents({ list }: { list: readonly Dependent[] }) {
  const { t } = useTranslation("intake");
  const words = useWords();
  const format = useFormat();
  if (list.length === 0) return null;
  return (
    <Alarm title={t("problem.dependsTitle")}>
      <ul className={classes.consequences}>
        {list.map((item) => (
          <li key={`${item.loadNo} ${item.kind}`} className="num">
            <LoadLink loadId={item.loadId} loadNo={item.loadNo} />: {words.kind(item.kind)} {format.number(item.rows)}
          </li>
        ))}
      </ul>
      {t("problem.dependsText")}
    </Alarm>
  );
}

function People({ list }: { list: readonly WorkOfPeople[] }) {
  const { t } = useTranslation("intake");
  const format = useFormat();
  if (list.length === 0) return null;
  return (
    <Alarm title={t("problem.peopleTitle")}>
      <ul className={classes.consequences}>
        {list.map(({ kind, rows }) => (
          <li key={kind} className="num">
            {t(`problem.people.${kind}`)}: {format.number(rows)}
          </li>
        ))}
      </ul>
      {t("problem.peopleText")}
    </Alarm>
  );
}
