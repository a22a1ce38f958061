import { describe, expect, test, vi } from "vitest";
import { keysOfRecord } from "./blocking-keys.ts";
import { type Blocks, buildBlocks } from "./blocks.ts";
import { defaultModel } from "./model.ts";
import { readInParallel } from "./read-in-parallel.ts";
import type { MatchRecord } from "./record.ts";
import { RecordTable } from "./record-table.ts";
import { scorerOf, scoringTask } from "./score-pairs.ts";

vi.setConfig({ testTimeout: 120_000 });

const given = ["محمد", "Mohammed", "王小明", "Ana María", "Li", "علی رضا", "Olivia", ""];
const family = ["الحسيني", "Hosseini", "欧阳", "García López", "Smith", "رضایی", "Wang"];

/** So many records in five scripts, whose values come back in changing company. */
function someRecords(count: number): MatchRecord[] {
  return Array.from({ length: count }, (_, at): MatchRecord => {
    const isCompany = at % 11 === 0;
    return {
      ...{ source: `s${at % 3}`, key: String(at), kind: isCompany ? "organisation" : "person", sex: at % 2 === 0 ? "F" : "m" },
      names: isCompany
        ? [{ full: `Acme ${family[at % 7]} Holdings Ltd ${at % 5}` }]
        : [{ given: given[at % 8] ?? "", family: family[(at * 3) % 7] ?? "" }, { full: `${given[at % 8]} ${family[(at * 5) % 7]}` }],
      birthDate: `19${50 + (at % 50)}-0${1 + (at % 9)}-1${at % 10}`,
      phones: [`+34600${String(at % 400).padStart(6, "0")}`],
      emails: at % 4 === 0 ? [`x${at % 90}@example.com`] : [],
      addresses: [{ line: `Calle Mayor ${at % 60}`, city: at % 2 === 0 ? "Madrid" : "مدريد", postalCode: `280${10 + (at % 40)}` }],
      identifiers: [
        { scheme: at % 5 === 0 ? "passport" : "national_id", country: "ES", value: String(1000 + (at % 300)), verified: at % 2 === 0 },
      ],
    };
  });
}

const bytes = ({ buffer, byteOffset, byteLength }: Uint32Array) => Buffer.from(buffer, byteOffset, byteLength);
const keysOf = ({ sorted }: Blocks) => bytes(sorted.keys);
const recordsOf = ({ sorted }: Blocks) => bytes(sorted.records);
const startsOf = ({ keysFrom }: Blocks) => bytes(keysFrom);
const refinedOf = ({ refined }: Blocks) => bytes(refined);

async function* inBatches(records: readonly MatchRecord[], size: number): AsyncGenerator<Buffer> {
  for (let from = 0; from < records.length; from += size)
    yield Buffer.from(
      records
        .slice(from, from + size)
        .map((record) => JSON.stringify(record))
        .join("\n"),
    );
}

describe("records read on several threads", () => {
  test("stand in the table in the order in which they came, with the same keys and the same evidence", async () => {
    const records = someRecords(1_000);
    const alone = new RecordTable();
    for (const record of records) alone.add(record);
    const together = await readInParallel(inBatches(records, 70), 3);
    expect(together.count).toBe(alone.count);
    const [one, other] = [alone.arrays(), together.arrays()];
    const [oneScorer, otherScorer] = [alone, together].map((table) => scorerOf(scoringTask(table, defaultModel())));
    for (let record = 0; record < alone.count; record += 1) {
      expect(together.refOf(record)).toBe(alone.refOf(record));
      expect(keysOfRecord(other, record)).toEqual(keysOfRecord(one, record));
      const partner = (record * 31 + 7) % alone.count;
      expect(otherScorer?.score(record, partner)).toBe(oneScorer?.score(record, partner));
      expect(otherScorer?.comparer.conflict(record, partner)).toBe(oneScorer?.comparer.conflict(record, partner));
    }
  });

  test("a line that is no record fails the whole reading, with the reason", async () => {
    const broken = (async function* () {
      yield Buffer.from('{"source":"s","key":"1","kind":"person"}\n{no JSON');
    })();
    await expect(readInParallel(broken, 2)).rejects.toThrow(/JSON/);
  });

  test("keys that several threads list make the same blocks", async () => {
    const table = new RecordTable();
    for (const record of someRecords(40_000)) table.add(record);
    const [one, two] = [await buildBlocks(table.arrays(), 1), await buildBlocks(table.arrays(), 2)];
    expect(two.report).toEqual(one.report);
    for (const numbersOf of [keysOf, recordsOf, startsOf, refinedOf]) expect(numbersOf(two).equals(numbersOf(one))).toBe(true);
  });
});
