import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { sniff } from "../reading/index.ts";
import { readMapping, suggestMapping } from "./index.ts";

const folder = mkdtempSync(join(tmpdir(), "vinculo-sniff-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;

async function sniffed(content: string | Buffer) {
  files += 1;
  const path = join(folder, `f${files}`);
  writeFileSync(path, content);
  return sniff(path);
}

test("encoding, delimiter and header are recognised", async () => {
  const spanish =
    "cliente;nombre;fecha de nacimiento;teléfono\n1;José Muñoz;31/01/1980;+34 600 123 456\n2;Núria Güell;01/12/1975;+34 600 123 457\n";
  const cases: [string | Buffer, object][] = [
    [spanish, { encoding: "utf-8", delimiter: ";", header: true }],
    [gzipSync(spanish), { encoding: "utf-8", delimiter: ";", header: true }],
    [Buffer.from(spanish, "latin1"), { encoding: "latin1", delimiter: ";", header: true }],
    [Buffer.from(`\uFEFF${spanish}`, "utf16le"), { encoding: "utf-16le", delimiter: ";", header: true }],
    [Buffer.from(spanish, "utf16le").swap16(), { encoding: "utf-16be", delimiter: ";" }],
    ["1\t2024-01-31\t5.00\n2\t2024-02-01\t6.00\n", { delimiter: "\t", header: false }],
    [
      '{"id":1,"address":{"city":"x"}}\n{"id":2,"phones":["1"]}\n',
      { format: "jsonl", columns: [{ name: "id" }, { name: "address.city" }, { name: "phones.0" }] },
    ],
  ];
  for (const [content, expected] of cases) {
    expect((await sniffed(content)).format).toMatchObject(expected);
  }
  // سارة and 张三李四 in the encodings of their countries
  const arabic = Buffer.concat([
    Buffer.from("id,name\n1,"),
    Buffer.from([0xd3, 0xc7, 0xd1, 0xc9]),
    Buffer.from("\n2,"),
    Buffer.from([0xda, 0xe1, 0xed]),
    Buffer.from("\n"),
  ]);
  expect((await sniffed(arabic)).format.encoding).toBe("windows-1256");
  const chinese = Buffer.concat([
    Buffer.from("id,name\n1,"),
    Buffer.from([0xd5, 0xc5, 0xc8, 0xfd]),
    Buffer.from("\n2,"),
    Buffer.from([0xc0, 0xee, 0xcb, 0xc4]),
    Buffer.from("\n"),
  ]);
  const read = await sniffed(chinese);
  expect(read.format.encoding).toBe("gb18030");
  expect(read.rows).toEqual([
    { line: 2, cells: ["1", "张三"] },
    { line: 3, cells: ["2", "李四"] },
  ]);
});

test.each([
  ["English", "customer_id,first_name,last_name,birth_date,mobile\n1,Ana,Diaz,1980-01-31,+34600123456\n"],
  ["Spanish", "cliente;nombre;apellidos;fecha nacimiento;teléfono\n1;Ana;Díaz;31/01/1980;600123456\n"],
  ["Arabic", "رقم العميل;الاسم الكامل;تاريخ الميلاد;رقم الهاتف\n1;سارة علي;31/01/1980;0500000000\n"],
  ["Persian", "شماره مشتری,نام و نام خانوادگی,تاریخ تولد,تلفن همراه\n1,علی رضایی,1358/11/11,09121234567\n"],
  ["Chinese", "客户号,姓名,出生日期,手机号码\n1,张三,1980-01-31,13800138000\n"],
])("a file of customers with %s column names becomes a mapping that is right", async (_language, content) => {
  const text = suggestMapping({ code: "crm", name: "CRM" }, [{ name: "clients.csv", sniffed: await sniffed(content) }]);
  const { mapping, problems } = readMapping(text);
  expect(problems).toEqual([]);
  const record = mapping?.files[0]?.records[0];
  expect(record).toMatchObject({ kind: "party", fields: { born_on: expect.anything(), full_name: expect.anything() } });
  expect(record?.phones).toHaveLength(1);
});

test("dates and money are read as they are written, and files land in an order that works", async () => {
  const moves = await sniffed("id;account no;date;amount;balance\n1;A1;31.01.2024;1.234,50;2.000,00\n2;A1;01.02.2024;-5,00;1.995,00\n");
  const clients = await sniffed("client id;name;date of birth\n1;علی رضایی;۱۳۵۸/۱۱/۱۱\n");
  const text = suggestMapping({ code: "core", name: "Core" }, [
    { name: "moves.csv", sniffed: moves },
    { name: "clients.csv", sniffed: clients },
  ]);
  const { mapping } = readMapping(text.replace("source:", "defaults: { currency: EUR }\nsource:"));
  expect(mapping?.files.map((file) => file.file)).toEqual(["clients.csv", "moves.csv"]);
  expect(mapping?.files[0]?.records[0]?.fields).toMatchObject({
    born_on: { column: "date of birth", format: "YYYY/MM/DD", calendar: "persian" },
  });
  expect(mapping?.files[1]?.records[0]).toMatchObject({
    kind: "transaction",
    key: "id",
    fields: {
      holding: "account no",
      booked_on: { format: "DD.MM.YYYY" },
      amount: { decimal: ",", group: "." },
      balance_after: { decimal: "," },
    },
  });
});

test("words for the sexes become a code list, whatever language they are in; our own words need none", async () => {
  const source = { code: "crm", name: "CRM" };
  const spanish = suggestMapping(source, [{ name: "a.csv", sniffed: await sniffed("id,nombre,Sexo\n1,Ana,Mujer\n2,Luis,Hombre\n") }]);
  expect(readMapping(spanish).problems).toEqual([]);
  expect(readMapping(spanish).mapping?.codes).toEqual({ sex: { Mujer: "female", Hombre: "male", otherwise: "blank" } });
  expect(readMapping(spanish).mapping?.files[0]?.records[0]?.fields.sex).toEqual({ column: "Sexo", codes: "sex" });
  const ours = suggestMapping(source, [{ name: "b.csv", sniffed: await sniffed("id,name,sex\n1,Ana,female\n2,Luis,male\n") }]);
  expect(ours).not.toContain("codes");
});

test("a day that does not exist among the first rows does not hide how the others are written; words do", async () => {
  const days = (...born: string[]) => `id,name,dob\n${born.map((day, at) => `${at},Ana,${day}`).join("\n")}\n`;
  const fieldsOf = async (content: string) =>
    readMapping(suggestMapping({ code: "crm", name: "CRM" }, [{ name: "a.csv", sniffed: await sniffed(content) }])).mapping?.files[0]
      ?.records[0]?.fields;
  const mostly = await fieldsOf(days("01.02.1980", "31.02.1980", "25.12.1990", "13.04.1975", "07.07.1969"));
  expect(mostly?.born_on).toEqual({ column: "dob", format: "DD.MM.YYYY" });
  expect((await fieldsOf(days("unknown", "01.02.1980", "n/a")))?.born_on).toBe("dob");
});
