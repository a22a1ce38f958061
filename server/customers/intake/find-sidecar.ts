import { caughtByGlob, fileProblem } from "./reading/index.ts";

export interface SidecarSought {
  /** The data file, and the pattern of the mapping that it fits. */
  readonly name: string;
  readonly pattern: string;
  /** How many files fit that pattern. */
  readonly alike: number;
  /** The pattern of the files with control totals. */
  readonly sidecar: string;
}

/**
 * The file that carries the control totals of another: the one for whose name the * stands for the same. Without any * it is one for all; a single
 * one beside a single file is meant for it, whatever it is called. Fails with no_such_file, which_sidecar.
 */
export function findSidecar<File extends { readonly name: string }>(
  { name, pattern, alike, sidecar }: SidecarSought,
  given: readonly File[],
): File {
  const own = caughtByGlob(name, pattern) ?? [];
  const candidates = given.flatMap((file) => {
    const caught = caughtByGlob(file.name, sidecar);
    return caught === null ? [] : [{ file, caught }];
  });
  if (candidates.length === 0)
    throw fileProblem("no_such_file", sidecar, "the mapping expects control totals in this file and it was not delivered");
  const [only] = candidates;
  if (only !== undefined && candidates.length === 1 && (only.caught.length === 0 || alike === 1)) return only.file;
  const paired = candidates.filter(({ caught }) => caught.length > 0 && caught.join("\0") === own.join("\0"));
  if (paired.length === 1 && paired[0] !== undefined) return paired[0].file;
  const names = candidates.map(({ file }) => file.name).sort();
  if (paired.length === 0 && own.length > 0 && candidates.every(({ caught }) => caught.length === own.length)) {
    throw fileProblem(
      "no_such_file",
      sidecar,
      `none of ${names.join(", ")} belongs to ${name}: the mapping expects its control totals in a file of the same name part`,
    );
  }
  throw fileProblem(
    "which_sidecar",
    name,
    `it is not clear which of ${names.join(", ")} has its control totals; let * stand for the same in both names`,
    {
      sidecars: names,
    },
  );
}
