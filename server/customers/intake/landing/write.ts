import { type LandedKind, landings } from "./kinds.ts";
import type { LoadFrame } from "./resolve.ts";

interface WriteStatements {
  readonly always: string[];
  readonly ifUpdated: string[];
  readonly ifUnchanged: string[];
}

/** The statements that carry landing_<kind> into the tables, in order. `claimed`: its claims are written already. */
export function writeStatements(kind: LandedKind, frame: LoadFrame, claimed: boolean): WriteStatements {
  return {
    always: [
      ...(kind === "holding_role" ? adoptRoles(frame) : []),
      ...(kind === "balance" ? [] : [insertRows(kind, "created", frame)]),
      ...(claimed ? [] : insertClaims(kind, frame)),
      ...(kind === "holding" ? [insertOwnerRoles(frame)] : []),
    ],
    ifUpdated: [
      keepBefore(kind, frame),
      ...updateRows(kind, frame),
      ...updateClaims(kind, frame),
      ...(kind === "holding" ? [keepOwnersBefore(frame), moveOwnerRoles(frame)] : []),
    ],
    ifUnchanged: seenAgain(kind, frame),
  };
}

function columnsOf(kind: LandedKind, frame: LoadFrame): Record<string, string> {
  const given = Object.entries(landings[kind].columns).map(([name, expression]) => [
    name,
    expression.replaceAll("$changed_at", `'${frame.changedAt}'::timestamptz`),
  ]);
  return {
    ...(Object.fromEntries(given) as Record<string, string>),
    source_id: String(frame.sourceId),
    load_no: String(frame.loadNo),
    ...(kind === "balance" ? { seen_load_no: String(frame.loadNo) } : {}),
  };
}

function insertRows(kind: LandedKind, outcome: "created" | "updated", frame: LoadFrame): string {
  const { table, idColumn, partyId } = landings[kind];
  const columns = columnsOf(kind, frame);
  // A new party is its own customer until a strong key joins it to another one.
  const ids: Record<string, string> =
    kind === "party" ? { party_id: "l.row_id", customer_id: "uuidv7()" } : { party_id: partyId, [idColumn]: "l.row_id" };
  const all = { ...ids, ...columns };
  // A source may have two records for one role of one party: both are claimed, one row stands.
  const twice = kind === "holding_role" ? " on conflict (party_id, holding_id, role) do nothing" : "";
  return `insert into ${table} (${Object.keys(all).join(", ")})
    select ${Object.values(all).join(", ")} from landing_${kind} l where l.outcome = '${outcome}' order by l.line_no${twice}`;
}

/** One statement for each claim table a kind has. A balance is its own claim. */
export function insertClaims(kind: LandedKind, frame: LoadFrame): string[] {
  const { partyId, keepsRaw } = landings[kind];
  if (kind === "balance") return [insertRows(kind, "created", frame)];
  if (kind === "transaction") {
    return [
      `insert into customers.transaction_key (source_id, source_key, party_id, transaction_id, booked_on, content_hash, load_no, seen_load_no)
       select ${frame.sourceId}, l.key, l.ref1_party, l.row_id, l.booked_on, l.hash, ${frame.loadNo}, ${frame.loadNo}
       from landing_transaction l where l.outcome = 'created'`,
    ];
  }
  return [
    `insert into customers.source_record (source_id, kind, source_key, party_id, row_id, content_hash, raw, load_no, line_no, seen_load_no)
     select ${frame.sourceId}, '${kind}', l.key, ${partyId}, l.row_id, l.hash, ${keepsRaw ? "$raw" : "null"}, ${frame.loadNo}, l.line_no, ${frame.loadNo}
     from landing_${kind} l ${keepsRaw ? "join staged s on s.line_no = l.line_no" : ""} where l.outcome = 'created' order by l.key`,
  ];
}

const claimOf = (kind: LandedKind, frame: LoadFrame, row: string) =>
  kind === "transaction"
    ? `(select to_jsonb(k) from customers.transaction_key k where k.source_id = ${frame.sourceId} and k.source_key = ${row}.key)`
    : kind === "balance"
      ? "null"
      : `(select to_jsonb(k) from customers.source_record k where k.source_id = ${frame.sourceId} and k.kind = '${kind}' and k.source_key = ${row}.key)`;

function whereKnown(kind: LandedKind): string {
  return `t.party_id = l.known_party_id and t.${landings[kind].idColumn} = l.row_id ${kind === "transaction" ? "and t.booked_on = l.known_on" : ""}
    ${kind === "balance" ? "and t.holding_id = l.ref1 and t.kind = l.kind and t.balance_on = l.balance_on" : ""}`;
}

/** The blind index of a number is made anew when its row is put back (indexImages): its key may be another by then. */
const imageOf = (kind: LandedKind) => (kind === "identifier" ? "to_jsonb(t) - '{blind,blind_next}'::text[]" : "to_jsonb(t)");

function keepBefore(kind: LandedKind, frame: LoadFrame): string {
  return `insert into customers.load_change (load_no, kind, party_id, row_id, before)
    select ${frame.loadNo}, '${kind}', t.party_id, l.row_id, jsonb_build_object('row', ${imageOf(kind)}, 'claim', ${claimOf(kind, frame, "l")})
    from landing_${kind} l join ${landings[kind].table} t on ${whereKnown(kind)} where l.outcome = 'updated' on conflict do nothing`;
}

function updateRows(kind: LandedKind, frame: LoadFrame): string[] {
  const { table, partyId } = landings[kind];
  const columns = { ...columnsOf(kind, frame), ...(kind === "party" || kind === "holding" ? {} : { party_id: partyId }) };
  if (kind === "holding_role") {
    return [
      `delete from ${table} t using landing_${kind} l where l.outcome = 'updated' and ${whereKnown(kind)}`,
      insertRows(kind, "updated", frame),
    ];
  }
  const set = Object.entries(columns).map(([name, expression]) => `${name} = ${expression}`);
  return [`update ${table} t set ${set.join(", ")} from landing_${kind} l where l.outcome = 'updated' and ${whereKnown(kind)}`];
}

function updateClaims(kind: LandedKind, frame: LoadFrame): string[] {
  if (kind === "balance") return [];
  if (kind === "transaction") {
    return [
      `update customers.transaction_key k set party_id = l.ref1_party, booked_on = l.booked_on, content_hash = l.hash, seen_load_no = ${frame.loadNo}
       from landing_transaction l where l.outcome = 'updated' and k.source_id = ${frame.sourceId} and k.source_key = l.key`,
    ];
  }
  const { partyId, keepsRaw } = landings[kind];
  return [
    `update customers.source_record k set party_id = ${kind === "party" ? "k.party_id" : partyId}, content_hash = l.hash, line_no = l.line_no, seen_load_no = ${frame.loadNo}
       ${keepsRaw ? ", raw = $raw" : ""}
     from landing_${kind} l ${keepsRaw ? "join staged s on s.line_no = l.line_no" : ""}
     where l.outcome = 'updated' and k.source_id = ${frame.sourceId} and k.kind = '${kind}' and k.source_key = l.key`,
  ];
}

function seenAgain(kind: LandedKind, frame: LoadFrame): string[] {
  const seen = `set seen_load_no = ${frame.loadNo}`;
  if (kind === "balance")
    return [`update customers.balance t ${seen} from landing_balance l where l.outcome = 'unchanged' and ${whereKnown("balance")}`];
  if (kind === "transaction") {
    return [
      `update customers.transaction_key k ${seen} from landing_transaction l
       where l.outcome = 'unchanged' and k.source_id = ${frame.sourceId} and k.source_key = l.key and k.seen_load_no <> ${frame.loadNo}`,
    ];
  }
  return [
    `update customers.source_record k ${seen} from landing_${kind} l
     where l.outcome = 'unchanged' and k.source_id = ${frame.sourceId} and k.kind = '${kind}' and k.source_key = l.key and k.seen_load_no <> ${frame.loadNo}`,
  ];
}

/** A holding names its first owner: that is a role, unless the source has a record of its own for it. */
function insertOwnerRoles(frame: LoadFrame): string {
  return `insert into customers.holding_role (party_id, holding_id, role, role_id, owner_party_id, source_id, load_no)
    select l.ref1_party, l.row_id, 'owner', uuidv7(), l.ref1_party, ${frame.sourceId}, ${frame.loadNo}
    from landing_holding l where l.outcome = 'created' order by l.line_no on conflict do nothing`;
}

function keepOwnersBefore(frame: LoadFrame): string {
  return `insert into customers.load_change (load_no, kind, party_id, row_id, before)
    select ${frame.loadNo}, 'holding_role', t.party_id, t.role_id, jsonb_build_object('row', to_jsonb(t), 'claim', null)
    from landing_holding l join customers.holding_role t on t.holding_id = l.row_id and t.role = 'owner' and t.source_key is null
    where l.outcome = 'updated' and t.party_id <> l.ref1_party on conflict do nothing`;
}

function moveOwnerRoles(frame: LoadFrame): string {
  return `update customers.holding_role t set party_id = l.ref1_party, load_no = ${frame.loadNo}
    from landing_holding l where l.outcome = 'updated' and t.holding_id = l.row_id and t.role = 'owner' and t.source_key is null and t.party_id <> l.ref1_party
      and not exists (select from customers.holding_role o where o.party_id = l.ref1_party and o.holding_id = l.row_id and o.role = 'owner')`;
}

/** A role that only its holding told of so far gives way to the one the source has a record of. */
function adoptRoles(frame: LoadFrame): string[] {
  const told = `t.source_key is null and t.party_id = l.ref1_party and t.holding_id = l.ref2 and t.role = l.role and l.outcome in ('created', 'updated')`;
  return [
    `insert into customers.load_change (load_no, kind, party_id, row_id, before)
     select ${frame.loadNo}, 'holding_role', t.party_id, t.role_id, jsonb_build_object('row', to_jsonb(t), 'claim', null)
     from landing_holding_role l join customers.holding_role t on ${told} where t.load_no <> ${frame.loadNo} on conflict do nothing`,
    `delete from customers.holding_role t using landing_holding_role l where ${told}`,
  ];
}
