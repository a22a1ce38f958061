import { expect } from "vitest";
import { test } from "../../../tests/support/database.ts";
import { bankMapping, clientsHeader, delivered } from "../../../tests/support/delivery.ts";
import { operatorCaller } from "../../governance/access/index.ts";
import { sql } from "../../platform/db/index.ts";
import { loadDelivery } from "./load-delivery.ts";
import { openDelivery } from "./open-delivery.ts";
import { reverseLoad } from "./reverse-load.ts";

test("a load on whose records people worked is not reversed: the refusal counts their work by kind; what they took back does not hold it up", async ({
  db,
  admin,
}) => {
  const caller = await operatorCaller(db);
  const load = async (source: string, names: readonly string[]) => {
    const lines = names.map((name, at) => `${at + 1},${name},1980-01-01,B1,,`);
    const delivery = await openDelivery(bankMapping(source), delivered({ "clients.csv": [clientsHeader, ...lines] }));
    return loadDelivery({ db, caller, delivery });
  };
  const base = await load("base", ["Old One", "Old Two"]);
  const later = await load("later", ["New One", "New Two"]);
  const { rows } = await sql<{ id: string }>`
    select p.party_id as id from customers.party p join customers.source s using (source_id) where s.code in ('base', 'later') order by s.code, p.source_key`.execute(
    admin,
  );
  const [oldOne = "", oldTwo = "", newOne = "", newTwo = ""] = rows.map(({ id }) => id);
  const by = caller.userId;
  const work = [
    // Entered from the other side: the record of the load is the second of the two.
    sql`insert into customers.party_relation (party_id, relation_id, other_party_id, kind, entered_by)
      values (${oldOne}, gen_random_uuid(), ${newOne}, 'sibling', ${by}), (${newOne}, gen_random_uuid(), ${newTwo}, 'spouse', ${by}),
        (${oldOne}, gen_random_uuid(), ${oldTwo}, 'sibling', ${by})`,
    sql`with c as (insert into customers.circle (circle_id, kind, created_by) values (gen_random_uuid(), 'household', ${by}) returning circle_id)
      insert into customers.circle_member (party_id, member_id, circle_id, role, entered_by)
      select p, gen_random_uuid(), circle_id, 'adult', ${by} from c, unnest(${[oldOne, newOne]}::uuid[]) p`,
    sql`insert into customers.match_pair (party_id, other_party_id, bits, model_no, decision, decided_by, decided_at)
      select least(p, ${newTwo}::uuid), greatest(p, ${newTwo}::uuid), 0, 1, 'apart', ${by}, now() from unnest(${[oldOne, oldTwo, newOne]}::uuid[]) p
      on conflict (party_id, other_party_id) do update set decision = excluded.decision, decided_by = excluded.decided_by, decided_at = excluded.decided_at`,
    sql`insert into customers.value_pin (party_id, pin_id, attribute, value, reason, pinned_by)
      values (${newOne}, gen_random_uuid(), 'full_name', 'New Uno', 'said so', ${by})`,
    sql`insert into customers.value_dispute (party_id, dispute_id, attribute, value, reason, disputed_by)
      values (${newTwo}, gen_random_uuid(), 'full_name', 'New Two', 'not so', ${by})`,
  ];
  for (const done of work) await done.execute(admin);
  const refused = await reverseLoad(db, caller, later.loadId).catch((error: unknown) => error);
  expect(refused).toMatchObject({
    code: "depends_on_this",
    message: `reversing load ${later.loadNo} would destroy work of people: 2 relations, 1 household or group member, 3 identity decisions, 1 pinned value, 1 open dispute`,
    detail: {
      people: [
        { kind: "relation", rows: 2 },
        { kind: "circle_member", rows: 1 },
        { kind: "identity_decision", rows: 3 },
        { kind: "value_pin", rows: 1 },
        { kind: "value_dispute", rows: 1 },
      ],
    },
  });
  const left = await sql<{ state: string }>`select state from customers.load where load_no = ${later.loadNo}`.execute(admin);
  expect(left.rows).toEqual([{ state: "done" }]);
  for (const undone of [
    sql`update customers.party_relation set withdrawn_at = now() where party_id = any (${[oldOne, newOne]}::uuid[])`,
    sql`update customers.circle_member set to_on = current_date where entered_by = ${by}`,
    sql`update customers.match_pair set decision = null, decided_by = null, decided_at = null`,
    sql`update customers.value_pin set unpinned_at = now(), unpinned_by = ${by}`,
    sql`update customers.value_dispute set state = 'rejected', answer = 'it is', answered_by = ${by}, answered_at = now()`,
  ])
    await undone.execute(admin);
  await reverseLoad(db, caller, later.loadId);
  await reverseLoad(db, caller, base.loadId);
});
