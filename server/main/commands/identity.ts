import type { Command } from "commander";
import { type Evaluation, evaluateMatching } from "../../customers/identity/evaluating/index.ts";
import { learnAndMatch } from "../../customers/identity/index.ts";
import { Refusal } from "../../platform/config/index.ts";
import { printTable, withDatabase } from "./open.ts";

interface EvaluateOptions {
  records: string;
  columns: string;
  truth?: string;
  clusterColumn?: string;
  against?: string;
  json?: boolean;
}

const columnsHelp = `
COLUMNS.yaml says which column is which; leave out what the file has not:
  kind: person                # or organisation, or { column: type, organisation: [O] }
  key: rec_id                 # default: the number of the row, from 0
  source: system              # a column
  names:                      # up to 4 spellings
    - { given: first_name, family: surname }
    - { full: name }          # wherever one column stands, a list of columns may
  birth_date: dob             # or { year: y, month: m, day: d }
  date_order: dmy             # ymd, dmy or mdy; looked for in the file when not said
  sex: gender
  addresses:
    - { number: street_number, line: [address_1, address_2], postal_code: postcode, city: suburb }
  phones: [phone, mobile]
  emails: [email]
  identifiers:
    - { column: ssn, scheme: national_id, country: US, verified: false }
  nationality: country
  legal_form: type
  against: { … }              # the same for the second file, where its columns are called otherwise

PAIRS.csv names two keys a line (columns ending in _l and _r, else the first two), and may say in a column named like score, label or
match whether they are one. Where some are said to differ, only the pairs named are judged.`;

export function addIdentityCommands(program: Command): void {
  const identity = program.command("identity").description("which records are one customer");
  identity
    .command("learn")
    .description("learn a model from everything the bank knows, with people's decisions as teachers, and match everybody anew")
    .option("--json", "one line of JSON")
    .action(({ json = false }: { json?: boolean }) =>
      withDatabase(async ({ db, operator }) => {
        const startedMs = performance.now();
        const { customerIds, ...learned } = await learnAndMatch({ db, caller: operator, loadNo: null });
        const seconds = Math.round((performance.now() - startedMs) / 100) / 10;
        const figures = { ...learned, customersChanged: customerIds.length, seconds };
        if (json) console.log(JSON.stringify(figures));
        else printTable([figures]);
      }),
    );
  identity
    .command("evaluate")
    .description("run the matcher on a file whose truth is known, under its one configuration, and say how right it is")
    .requiredOption("--records <file>", "CSV, also gzipped")
    .requiredOption("--columns <file>", "YAML: which column is which")
    .option("--truth <file>", "CSV of the pairs that are one")
    .option("--cluster-column <name>", "the column in which records that are one say the same")
    .option("--against <file>", "a second CSV; then pairs across the two files are judged")
    .option("--json", "one line of JSON")
    .addHelpText("after", columnsHelp)
    .action(async ({ truth, clusterColumn, against, json = false, ...files }: EvaluateOptions) => {
      if ((truth === undefined) === (clusterColumn === undefined)) throw new Refusal("Give either --truth or --cluster-column.");
      const evaluation = await evaluateMatching({
        ...files,
        ...(against === undefined ? {} : { against }),
        truth: truth === undefined ? { clusterColumn: clusterColumn ?? "" } : { pairs: truth },
      });
      if (json) console.log(JSON.stringify(evaluation));
      else printEvaluation(evaluation);
    });
}

function printEvaluation(evaluation: Evaluation): void {
  const { records, truePairs, pairsCompared, blockingRecall, seconds, peakMemoryMiB, doubtfulPairs } = evaluation;
  console.log(`${records} records, ${truePairs} true pairs, ${pairsCompared} pairs compared, blocking recall ${blockingRecall.toFixed(4)}`);
  const line = (what: string, { precision, recall, f1 }: Evaluation["pairwise"]) => ({
    what,
    precision: precision.toFixed(4),
    recall: recall.toFixed(4),
    F1: f1.toFixed(4),
  });
  printTable([
    line("pairs before clustering", evaluation.pairwiseBeforeClustering),
    line("pairs", evaluation.pairwise),
    line("whole clusters", evaluation.cluster),
  ]);
  console.log(`${doubtfulPairs} doubtful pairs; ${seconds.total.toFixed(2)} s, at most ${peakMemoryMiB} MiB`);
}
