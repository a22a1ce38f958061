import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { appendFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, deflateRawSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, describe, expect, test, vi } from "vitest";
import { cellsOf } from "./copy-sink.ts";
import {
  type BadRow,
  type FileFormat,
  hashFile,
  inspectFile,
  plainCsv,
  type ReadOptions,
  readFile,
  readHeader,
  readLimits,
} from "./index.ts";

vi.setConfig({ testTimeout: 60_000 });

const folder = mkdtempSync(join(tmpdir(), "vinculo-reading-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;

function file(content: Buffer | string): string {
  files += 1;
  const path = join(folder, `file${files}.csv`);
  writeFileSync(path, content);
  return path;
}

async function read(path: string, format: Partial<FileFormat> = {}, options: Partial<ReadOptions> = {}) {
  const whole = { ...plainCsv, ...format };
  const columns = options.columns ?? (await readHeader(path, whole));
  const reader = readFile(path, whole, { columns, batchRows: 1000, ...options });
  const rows: { line: number; cells: string[] }[] = [];
  const bad: BadRow[] = [];
  const batches: { rows: number; firstLine: number; lastLine: number }[] = [];
  for (;;) {
    const step = await reader.next();
    if (step.done) {
      return { rows, bad, batches, end: step.value, cells: rows.map((row) => row.cells) };
    }
    const text = Buffer.concat(step.value.copy).toString();
    for (const row of text.split("\n").slice(0, -1)) {
      rows.push({ line: Number.parseInt(row, 10), cells: cellsOf(row) });
    }
    bad.push(...step.value.bad);
    batches.push(step.value);
  }
}

const reasonsOf = (bad: readonly BadRow[]) => bad.map(({ line, reason }) => ({ line, reason }));

describe("CSV", () => {
  // The slow, plain reading of RFC 4180, for well-formed text.
  function reference(text: string, delimiter: string): string[][] {
    const rows: string[][] = [];
    let row: string[] = [];
    let i = 0;
    while (i < text.length) {
      let cell = "";
      if (text[i] === '"') {
        i += 1;
        while (text[i] !== '"' || text[i + 1] === '"') {
          cell += text[i];
          i += text[i] === '"' ? 2 : 1;
        }
        i += 1;
      } else {
        while (i < text.length && text[i] !== delimiter && text[i] !== "\n" && !(text[i] === "\r" && text[i + 1] === "\n")) {
          cell += text[i];
          i += 1;
        }
      }
      row.push(cell.replace(/^ +| +$/g, ""));
      if (text[i] === delimiter) {
        i += 1;
        if (i === text.length) row.push("");
        continue;
      }
      i += text[i] === "\r" ? 2 : 1;
      rows.push(row);
      row = [];
    }
    if (row.length > 0) rows.push(row);
    return rows;
  }

  test("reads what a slow reference reader reads, whatever stands in the cells", async () => {
    const piece = fc.oneof(
      fc.constantFrom('"', ",", ";", "\n", "\r\n", "\r", "\t", "\\", "\\N", " ", "", "é", "علی", "张", "😀"),
      fc.string({ maxLength: 6 }),
    );
    const cell = fc.array(piece, { maxLength: 4 }).map((parts) => parts.join("").replaceAll("\0", ""));
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
    const written = fc.tuple(cell, fc.boolean()).map(([text, quote]) => (quote || /[",\r\n]/.test(text) ? quoted(text) : text));
    const rows = fc.array(fc.tuple(fc.constantFrom("x", quoted("x")), written, written), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom("\n", "\r\n"), fc.boolean(), async (records, end, last) => {
        const text = records.map((record) => record.join(",")).join(end) + (last ? end : "");
        const { cells, bad } = await read(file(text.toWellFormed()), { header: false }, { columns: ["a", "b", "c"] });
        expect(bad).toEqual([]);
        expect(cells).toEqual(reference(text.toWellFormed(), ","));
      }),
      { numRuns: 150 },
    );
  });

  test("wherever a chunk of the file ends, its record is read whole", async () => {
    const record = '"q""\r\n",\\ x ,é"\r\n';
    const padding = (bytes: number) => `${"x".repeat(bytes - 3)},,\n`;
    for (let shift = 1; shift <= record.length + 2; shift += 1) {
      const { cells, bad } = await read(
        file(padding(2 ** 19) + padding(2 ** 19 - shift) + record.repeat(3)),
        { header: false },
        { columns: ["a", "b", "c"] },
      );
      expect({ shift, bad, cells: cells.slice(2) }).toEqual({ shift, bad: [], cells: Array(3).fill(['q"\r\n', "\\ x", 'é"']) });
    }
  });

  test("records that lie across chunks of the file are whole, and lines are counted through quoted line breaks", async () => {
    const long = "y".repeat(300_000);
    const rows = Array.from({ length: 20 }, (_, index) => `${index};"${long}\n${index}";z`);
    const { cells, rows: read1 } = await read(file(`a;b;c\n${rows.join("\n")}\n`), { delimiter: ";" });
    expect(cells).toEqual(Array.from({ length: 20 }, (_, index) => [String(index), `${long}\n${index}`, "z"]));
    expect(read1.map((row) => row.line)).toEqual(Array.from({ length: 20 }, (_, index) => 2 + index * 2));
  });

  test("a row with another number of cells is set aside with its line and text, the others are read", async () => {
    const { cells, bad } = await read(file("a,b\n1,2\n3\n\n4,5,6\n7,8\n"));
    expect(cells).toEqual([
      ["1", "2"],
      ["7", "8"],
    ]);
    expect(bad).toEqual([
      { line: 3, reason: "wrong_number_of_columns", raw: "3\n" },
      { line: 5, reason: "wrong_number_of_columns", raw: "4,5,6\n" },
    ]);
  });

  test("a quote that is never closed costs its own line only", async () => {
    const { cells, bad } = await read(file('a,b\n1,"2\n3,4\n5,"6" x\n7,8\n'));
    expect(cells).toEqual([
      ["3", "4"],
      ["7", "8"],
    ]);
    expect(reasonsOf(bad)).toEqual([
      { line: 2, reason: "unclosed_quote" },
      { line: 4, reason: "unclosed_quote" },
    ]);
  });

  test("a line of a million characters and a NUL byte are set aside, shortened", async () => {
    const { cells, bad } = await read(file(`a,b\n1,2\n${"x".repeat(1_100_000)},9\n3,4\n5,\0\n6,7\n`));
    expect(cells).toEqual([
      ["1", "2"],
      ["3", "4"],
      ["6", "7"],
    ]);
    expect(reasonsOf(bad)).toEqual([
      { line: 3, reason: "line_too_long" },
      { line: 5, reason: "nul_byte" },
    ]);
    expect(bad[0]?.raw).toHaveLength(4000);
    expect(bad[1]?.raw).toBe("5,\u2400\n");
  });

  test("a file goes on behind a line, in batches of the size asked for", async () => {
    const path = file(`a\n${Array.from({ length: 25 }, (_, index) => index).join("\n")}\n`);
    const { cells, batches } = await read(path, {}, { batchRows: 10, afterLine: 11 });
    expect(cells[0]).toEqual(["10"]);
    expect(batches.map(({ rows, firstLine, lastLine }) => [rows, firstLine, lastLine])).toEqual([
      [10, 12, 21],
      [5, 22, 26],
    ]);
  });

  test("the last line is the trailer only when it is the last", async () => {
    const good = await read(file("a,b\n1,2\nT,1\n"), { trailer: "T," });
    expect(good.cells).toEqual([["1", "2"]]);
    expect(good.end).toEqual({ lines: 3, trailer: "T,1" });
    const early = await read(file("a,b\nT,9\n1,2\nT,1\n"), { trailer: "T," });
    expect(reasonsOf(early.bad)).toEqual([{ line: 2, reason: "wrong_number_of_columns" }]);
    expect(early.end.trailer).toBe("T,1");
  });

  test("values computed per row stand behind its cells", async () => {
    const append = { count: 2, inputs: [1], compute: ([cell = ""]: readonly string[]) => [cell.toUpperCase(), `${cell}\t\\`] };
    const { cells } = await read(file("a,b\n1,x\\y\n"), {}, { append });
    expect(cells).toEqual([["1", "x\\y", "X\\Y", "x\\y\t\\"]]);
  });
});

describe("encodings", () => {
  const text = "name,city\nعلی,تهران\nسارة,الرياض\n";
  const gb18030 = Buffer.from([0xd5, 0xc5, 0xc8, 0xfd]); // 张三

  test("UTF-8 and UTF-16 in both orders, with and without a byte order mark", async () => {
    const little = Buffer.from(`\uFEFF${text}`, "utf16le");
    const big = Buffer.from(text, "utf16le").swap16();
    const expected = [
      ["علی", "تهران"],
      ["سارة", "الرياض"],
    ];
    expect((await read(file(`\uFEFF${text}`))).cells).toEqual(expected);
    expect(await readHeader(file(`\uFEFF${text}`), plainCsv)).toEqual(["name", "city"]);
    expect((await read(file(little), { encoding: "utf-16le" })).cells).toEqual(expected);
    expect((await read(file(big), { encoding: "utf-16be" })).cells).toEqual(expected);
  });

  test("windows-1256, GB18030 and latin1", async () => {
    const arabic = Buffer.concat([Buffer.from("a,b\n"), Buffer.from([0xd3, 0xc7, 0xd1, 0xc9]), Buffer.from(",1\n")]);
    expect((await read(file(arabic), { encoding: "windows-1256" })).cells).toEqual([["سارة", "1"]]);
    const chinese = Buffer.concat([Buffer.from("a,b\n"), gb18030, Buffer.from(",1\n")]);
    expect((await read(file(chinese), { encoding: "gb18030" })).cells).toEqual([["张三", "1"]]);
    const latin = Buffer.from("a,b\nMuñoz,5 €\n", "latin1");
    latin[latin.length - 2] = 0x80; // the euro sign of windows-1252
    expect((await read(file(latin), { encoding: "latin1" })).cells).toEqual([["Muñoz", "5 €"]]);
  });

  test("the wrong encoding sets rows aside instead of turning names into nonsense", async () => {
    const path = file(Buffer.concat([Buffer.from("a,b\n1,2\n"), gb18030, Buffer.from(",1\n3,4\n")]));
    const { cells, bad } = await read(path);
    expect(cells).toEqual([
      ["1", "2"],
      ["3", "4"],
    ]);
    expect(reasonsOf(bad)).toEqual([{ line: 3, reason: "undecodable" }]);
    const broken = await read(file(Buffer.concat([Buffer.from("a,b\n1,"), Buffer.from([0xff, 0xff]), Buffer.from("\n3,4\n")])), {
      encoding: "gb18030",
    });
    expect(reasonsOf(broken.bad)).toEqual([{ line: 2, reason: "undecodable" }]);
  });
});

describe("other formats", () => {
  test("fixed width by characters and by bytes; a line cut short is set aside", async () => {
    const columns = [
      { name: "id", start: 1, length: 3 },
      { name: "name", start: 4, length: 5 },
      { name: "n", start: 9, length: 2 },
    ];
    const byCharacters = await read(file("001علی  07\n002Ana  8\n003\n"), { format: "fixed", columns });
    expect(byCharacters.cells).toEqual([
      ["001", "علی", "07"],
      ["002", "Ana", "8"],
    ]);
    expect(reasonsOf(byCharacters.bad)).toEqual([{ line: 3, reason: "wrong_number_of_columns" }]);
    const bytes = Buffer.concat([Buffer.from("001"), Buffer.from([0xd5, 0xc5, 0xc8, 0xfd]), Buffer.from(" 07\n")]);
    const byBytes = await read(file(bytes), { format: "fixed", positions: "bytes", encoding: "gb18030", columns });
    expect(byBytes.cells).toEqual([["001", "张三", "07"]]);
  });

  test("JSON lines by path, long numbers exactly as written; what is no object is set aside", async () => {
    const columns = [{ name: "id" }, { name: "city", path: "address.city" }, { name: "first", path: "phones.0.n" }];
    const lines = [
      '{"id":12345678901234567.10,"address":{"city":"مشهد\\n"},"phones":[{"n":"1"}]}',
      '{"id":null,"address":[]}',
      "[1",
      '"x"',
      '{"id":"a\\u0000"}',
    ];
    const { cells, bad } = await read(file(lines.join("\n")), { format: "jsonl", columns });
    expect(cells).toEqual([
      ["12345678901234567.10", "مشهد", "1"],
      ["", "", ""],
    ]);
    expect(reasonsOf(bad)).toEqual([
      { line: 3, reason: "not_json" },
      { line: 4, reason: "not_json" },
      { line: 5, reason: "nul_byte" },
    ]);
  });
});

describe("archives", () => {
  const csv = Buffer.from(`a,b\n${"1,2\n".repeat(5000)}`);

  function zip(...entries: [name: string, content: Buffer][]): Buffer {
    const parts: Buffer[] = [];
    const directory: Buffer[] = [];
    let offset = 0;
    for (const [name, content] of entries) {
      const packed = deflateRawSync(content);
      const header = Buffer.alloc(30);
      header.writeUInt32LE(0x04034b50, 0);
      header.writeUInt16LE(20, 4);
      header.writeUInt16LE(8, 8);
      header.writeUInt32LE(crc32(content), 14);
      header.writeUInt32LE(packed.length, 18);
      header.writeUInt32LE(content.length, 22);
      header.writeUInt16LE(name.length, 26);
      const central = Buffer.alloc(46);
      central.writeUInt32LE(0x02014b50, 0);
      header.copy(central, 6, 4, 30);
      central.writeUInt32LE(offset, 42);
      parts.push(header, Buffer.from(name), packed);
      directory.push(central, Buffer.from(name));
      offset += 30 + name.length + packed.length;
    }
    const index = Buffer.concat(directory);
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt16LE(entries.length, 8);
    end.writeUInt16LE(entries.length, 10);
    end.writeUInt32LE(index.length, 12);
    end.writeUInt32LE(offset, 16);
    return Buffer.concat([...parts, index, end]);
  }

  test("gzip and zip are recognised by their content", async () => {
    expect((await read(file(gzipSync(csv)))).rows).toHaveLength(5000);
    expect((await read(file(zip(["x.csv", csv])))).rows).toHaveLength(5000);
    expect((await read(file(zip(["x.csv", csv], ["y.txt", Buffer.from("z\n9\n")])), { entry: "*.txt" })).cells).toEqual([["9"]]);
    expect(await inspectFile(file(gzipSync(csv)))).toMatchObject({ packing: "gzip", unpackedBytes: csv.length });
  });

  test("a zip with several files and none chosen is refused with their names", async () => {
    await expect(read(file(zip(["x.csv", csv], ["y.csv", csv])))).rejects.toMatchObject({
      detail: { reason: "which_entry", entries: ["x.csv", "y.csv"] },
    });
  });

  test("a truncated or damaged archive is refused when it is looked at, before a row is read", async () => {
    const packed = gzipSync(Buffer.from(Array.from({ length: 50_000 }, (_, index) => `${index},${Math.sin(index)}`).join("\n")));
    await expect(inspectFile(file(packed.subarray(0, packed.length / 2)))).rejects.toMatchObject({
      detail: { reason: "truncated_archive" },
    });
    const damaged = Buffer.from(packed);
    damaged.fill(7, 1000, 1100);
    await expect(inspectFile(file(damaged))).rejects.toMatchObject({ detail: { reason: "broken_archive" } });
    const whole = zip(["x.csv", csv]);
    await expect(inspectFile(file(whole.subarray(0, whole.length - 30)))).rejects.toMatchObject({
      detail: { reason: "truncated_archive" },
    });
    const wrong = Buffer.from(whole);
    wrong.writeUInt32LE(1, whole.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 16);
    await expect(inspectFile(file(wrong))).rejects.toMatchObject({ detail: { reason: "broken_archive" } });
  });

  test("AC-56: an archive that unpacks to a thousand times its size is refused", async () => {
    const bomb = Buffer.alloc(40 * 2 ** 20, "a,b\n");
    await expect(inspectFile(file(gzipSync(bomb)))).rejects.toMatchObject({ code: "too_large", detail: { reason: "unpacks_too_large" } });
    await expect(inspectFile(file(zip(["x.csv", bomb])))).rejects.toMatchObject({ detail: { reason: "unpacks_too_large" } });
    const limits = { ...readLimits, unpackedBytesMax: 1000 };
    await expect(inspectFile(file(gzipSync(csv)), null, limits)).rejects.toMatchObject({ detail: { reason: "unpacks_too_large" } });
  });
});

describe("files that change", () => {
  test("a file that grows while it is read is a clear failure", async () => {
    const path = file(`a\n${"1\n".repeat(3_000_000)}`);
    const reading = (async () => {
      for await (const batch of readFile(path, plainCsv, { columns: ["a"], batchRows: 1000 })) {
        if (batch.firstLine === 2) await appendFile(path, "2\n");
      }
    })();
    await expect(reading).rejects.toMatchObject({ detail: { reason: "file_changed" } });
  });

  test("a file that is not the one looked at before is a clear failure", async () => {
    const path = file("a\n1\n");
    const expected = await hashFile(path);
    writeFileSync(path, "a\n2\n");
    await expect(read(path, {}, { expected })).rejects.toMatchObject({ detail: { reason: "file_changed" } });
    await expect(hashFile(join(folder, "missing.csv"))).rejects.toMatchObject({ code: "not_found" });
  });
});
