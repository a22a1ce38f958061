import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { DeliveryFile, encode, type FileEncoding } from "./delivery-file.ts";

const decoded = (text: string, encoding: FileEncoding) => new TextDecoder(encoding).decode(encode(text, encoding));

test("Chinese text comes back from GB18030 as it was", () => {
  expect(decoded("上海市浦东新区世纪大道100号, 欧阳若曦", "gb18030")).toBe("上海市浦东新区世纪大道100号, 欧阳若曦");
});

test("Arabic text comes back from windows-1256; the Persian yeh becomes the Arabic one, digits and accents become plain", () => {
  expect(decoded("شارع الشيخ زايد، شقة 4", "windows-1256")).toBe("شارع الشيخ زايد، شقة 4");
  expect(decoded("پریسا کریم‌زاده، پلاک ۱۲", "windows-1256")).toBe("پريسا كريم‌زاده، پلاك 12".replaceAll("ك", "ک"));
  expect(decoded("Íñigo Muñoz", "windows-1256")).toBe("Inigo Munoz");
});

test("what an encoding lacks becomes a question mark, never a wrong letter", () => {
  expect(decoded("王 Wang", "latin1")).toBe("? Wang");
  expect(decoded("王 Wang", "windows-1256")).toBe("? Wang");
});

test("any ASCII text is the same bytes in every encoding of one byte a letter", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme-ascii", maxLength: 50 }), (text) => {
      for (const encoding of ["utf-8", "latin1", "windows-1256", "gb18030"] as const) {
        expect(encode(text, encoding).equals(Buffer.from(text, "ascii"))).toBe(true);
      }
    }),
  );
});

test("a file longer than the buffer is written whole and in order", () => {
  const folder = mkdtempSync(join(tmpdir(), "vinculo-demo-"));
  try {
    const file = new DeliveryFile(join(folder, "long.csv"), "utf-16le");
    const lines = Array.from({ length: 30_000 }, (_, place) => `line ${place} ۱۲۳`);
    for (const line of lines) {
      file.line(line);
    }
    file.close();
    const text = new TextDecoder("utf-16le").decode(readFileSync(join(folder, "long.csv")));
    expect(text.split("\n").slice(0, -1)).toEqual(lines);
    expect(file.lines).toBe(30_000);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
