import { expect, test } from "vitest";
import { hasCardNumber } from "../../../platform/text/index.ts";
import { columnActs, mayHoldCard } from "./card-cells.ts";
import { CopySink, cellsOf } from "./copy-sink.ts";

const card = "4111111111111111";
const cards = { looked: [1, 2], dropped: [3] };

/** Rows as they go into staging, and how many cells of which columns were changed. */
function staged(rows: readonly (readonly string[])[], append: ConstructorParameters<typeof CopySink>[2] = {}) {
  const sink = new CopySink({ first: 100, max: 100 }, 0, { cards, ...append });
  rows.forEach((cells, at) => {
    sink.row(at + 1, cells);
  });
  const { copy, cardCells } = sink.take(0);
  return { rows: Buffer.concat(copy).toString().slice(0, -1).split("\n").map(cellsOf), cardCells: Object.fromEntries(cardCells) };
}

test("AC-66: words of a row lose their card numbers, keys and what is not looked at stay, and a card's code is left out", () => {
  const rows = [
    [card, `a\tb ${card}\\n`, "4111-1111\n1111-1111", "", "x"],
    [card, "Ana", "٤١١١ ١١١١ ١١١١ ١١١١", "123", card],
    ["plain", "Ana", "20260315143022 and 4111 then 1111", "", ""],
  ];
  expect(staged(rows)).toEqual({
    rows: [
      [card, "a\tb ••••1111\\n", "••••1111", "", "x"],
      [card, "Ana", "••••1111", "", card],
      ["plain", "Ana", "20260315143022 and 4111 then 1111", "", ""],
    ],
    cardCells: { 1: 1, 2: 2, 3: 1 },
  });
});

test("what is computed of a row is computed of what is left of it", () => {
  const append = { count: 1, inputs: [1], compute: ([text = ""]: readonly string[]) => [text.toUpperCase()] };
  expect(staged([["k", `ana ${card}`, "", "9"]], { append }).rows).toEqual([["k", "ana ••••1111", "", "", "ANA ••••1111"]]);
});

test("a row of nothing but cards still fits, and the rows behind it come whole", () => {
  const many = Array.from({ length: 50_000 }, () => card).join(" ");
  const { rows } = staged([["a", many, "", ""], ["b", "next", "", ""]]); // biome-ignore format: one line
  expect(rows[0]?.[1]).toBe(Array.from({ length: 50_000 }, () => "••••1111").join(" "));
  expect(rows[1]).toEqual(["b", "next", "", ""]);
});

test("the walk over the bytes misses nothing that the text itself would be found to hold", () => {
  const acts = columnActs({ looked: [0], dropped: [] });
  const signs = ["", " ", "-", ".", "/", "_", "\u00a0", "·", "–", "\u2009", "\u3000", "\u200b", "\u00ad", "\u200e \u200f", "\ufeff", "\t", "\n", "\\n"]; // biome-ignore format: one line
  const digits = ["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "０１２３４５６７８９"];
  for (const set of digits)
    for (const sign of signs)
      for (const around of ["", "Pago ", "卡号", "کارت"]) {
        const text = `${around}${[...card].map((digit, at) => `${at > 0 && at % 4 === 0 ? sign : ""}${[...set][Number(digit)]}`).join("")}`;
        const [copied] = staged([["k", "", "", "", text]]).rows;
        expect(copied?.[4]).toBe(text);
        const row = Buffer.from(text.replaceAll("\\", "\\\\").replaceAll("\t", "\\t").replaceAll("\n", "\\n"));
        if (hasCardNumber(text)) expect(mayHoldCard(row, 0, row.length, acts), JSON.stringify(text)).toBe(true);
      }
  for (const text of ["2026-03-15 14:30:22", "Order 12345678 of 1234567", "AB12345678901234"]) {
    const row = Buffer.from(text);
    expect(mayHoldCard(row, 0, row.length, acts), text).toBe(text.startsWith("AB"));
  }
});
