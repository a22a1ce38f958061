import { expect } from "vitest";
import { test } from "../../../tests/support/database.ts";
import { accountsHeader, bankMapping, clientsHeader, delivered, movementsHeader, nif } from "../../../tests/support/delivery.ts";
import { operatorCaller } from "../../governance/access/index.ts";
import { sql } from "../../platform/db/index.ts";
import { loadDelivery } from "./load-delivery.ts";
import { openDelivery } from "./open-delivery.ts";

const card = "5555555555554444";
const account = "6200000000000005"; // as some banks number their accounts: also a right card number

test("AC-66: card numbers in what a bank delivers are not kept, neither in names and texts nor in the row as it came nor in quarantine; numbers of accounts are", async ({
  db,
  admin,
}) => {
  const { report } = await loadDelivery({
    db,
    caller: await operatorCaller(db),
    delivery: await openDelivery(
      bankMapping("cards"),
      delivered({
        "clients.csv": [
          `${clientsHeader},remark,CVV2`,
          `C1,Ana Prueba ${card},1980-01-01,,+34600000001,${nif(77101)},read out 5555 5555 5555 4444 to us,123`,
          `C2,Berta Prueba,1981-01-01,,+34600000002,${nif(77102)},nothing,`,
        ],
        "accounts.csv": [accountsHeader, `${account},C1,2020-01-01,`],
        "movements.csv": [
          movementsHeader,
          `M1,${account},2025-03-20,1.00,1.00,pago con ${card} gracias`,
          `M2,${account},no day,1.00,2.00,otro con ${card}`,
        ],
      }),
    ),
  });
  expect(report.cardCells).toEqual({ name: 1, remark: 1, CVV2: 1, text: 2 });
  expect(report.kinds.transaction).toMatchObject({ read: 2, created: 1, quarantined: 1 });
  const { rows } = await sql<{ what: string; text: string }>`
    select 'party' as what, p.full_name || ' ' || p.search_terms::text as text from customers.party p where p.full_name like '%Prueba%'
    union all select 'raw', s.raw::text from customers.source_record s where s.raw ? 'remark'
    union all select 'holding', h.number from customers.holding h where h.source_key = ${account}
    union all select 'transaction', t.description from customers.transaction t where t.description like 'pago con%'
    union all select 'quarantine', q.raw::text from customers.quarantine q where q.raw ? 'text'`.execute(admin);
  const of = (what: string) => rows.flatMap((row) => (row.what === what ? [row.text] : []));
  for (const { text } of rows) for (const hidden of [card, "5555 5555", '"123"']) expect(text).not.toContain(hidden);
  expect(of("party").join(" ")).toContain("Ana Prueba ••••4444");
  expect(of("raw").join(" ")).toContain("read out ••••4444 to us");
  expect(of("holding")).toEqual([account]);
  expect(of("transaction")).toEqual(["pago con ••••4444 gracias"]);
  expect(of("quarantine").join(" ")).toContain(account);
});
