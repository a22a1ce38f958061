import type { listUnits } from "../../../server/governance/organisation/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";

export type Unit = AnswerOf<typeof listUnits>["units"][number];

export interface UnitLine {
  readonly unit: Unit;
  /** 0 for the bank itself. */
  readonly depth: number;
  /** Active people here and in every unit below. */
  readonly people: number;
}

/** The tree as lines from the top, each unit before those below it, siblings by code. Units whose parent is missing are left out. */
export function treeLines(units: readonly Unit[]): UnitLine[] {
  const below = Map.groupBy(
    [...units].sort((a, b) => (a.code < b.code ? -1 : 1)),
    (unit) => unit.parentId,
  );
  const lines = (parent: string | null, depth: number): UnitLine[] =>
    (below.get(parent) ?? []).flatMap((unit) => {
      const inner = lines(unit.unitId, depth + 1);
      const direct = inner.filter((line) => line.depth === depth + 1);
      return [{ unit, depth, people: unit.peopleCount + direct.reduce((sum, line) => sum + line.people, 0) }, ...inner];
    });
  return lines(null, 0);
}

/** A unit's name in the person's language, where the bank gives one. */
export function unitName(unit: Pick<Unit, "name" | "names">, locale: string): string {
  return unit.names[locale] ?? unit.name;
}
