import type { FileFormat } from "../reading/index.ts";
import { compileFile } from "./compile-file.ts";
import { formatOf } from "./layout.ts";
import type { Mapping } from "./mapping.ts";
import type { FilePlan } from "./plan.ts";
import { type Path, Problems } from "./problems.ts";
import { readMapping } from "./read-mapping.ts";
import { refuseProblems } from "./refuse.ts";

type Locate = (path: Path) => { line: number; column: number };

/** Where the fields of a mapping stand in its text, as long as the mapping is in use. */
const locations = new WeakMap<Mapping, Locate>();

/** The mapping a text says. Fails with `invalid_input`; its detail holds every problem with line, column, path and message. */
export function parseMapping(text: string): Mapping {
  const { mapping, problems, locate } = readMapping(text);
  const found = new Problems(locate);
  found.found.push(...problems);
  refuseProblems(found);
  if (mapping === null) {
    throw new Error("a mapping without problems was not read");
  }
  locations.set(mapping, locate);
  return mapping;
}

/** How the files of one part of a mapping are to be read. `fileNo` counts from 0. */
export function readingFormat(mapping: Mapping, fileNo: number): FileFormat {
  return formatOf(mapping, mapping.files[fileNo] as Mapping["files"][number]);
}

/** The plan of one file with the columns it really has. Fails with `invalid_input` when they do not fit the mapping, as parseMapping does. */
export function planFile(mapping: Mapping, fileNo: number, header: readonly string[]): FilePlan {
  const problems = new Problems(locations.get(mapping) ?? (() => ({ line: 1, column: 1 })));
  const plan = compileFile(mapping, fileNo, header, problems);
  refuseProblems(problems);
  return plan;
}
