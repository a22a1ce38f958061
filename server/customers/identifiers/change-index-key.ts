import { randomBytes } from "node:crypto";
import { sql, type Tx } from "../../platform/db/index.ts";
import { type BlindPlace, goOnBehind, SealedValueBroken } from "../../platform/encryption/index.ts";
import { type IdentifierIndex, type IdentifierOpener, indexIdentifiers, openIdentifiers } from "./identifier.ts";

interface Held {
  readonly place: string;
  readonly id: string;
  readonly sealed: Buffer;
}

const BLIND_BYTES = 16;
const placeOf = sql`i.party_id::text || ' ' || i.identifier_id::text`;
const needsNext = sql`i.blind_next is null`;
const hasNext = sql`i.blind_next is not null`;

/** Numbers of documents: first the form under the new key beside the other, then in its place. */
export const identifierBlinds: BlindPlace = {
  async add(tx, after, limit) {
    const listed = await listDue(tx, needsNext, after, limit);
    if (listed.length === 0) return null;
    const held = await holdRows(tx, needsNext, listed);
    const { open } = await openIdentifiers(tx);
    const index = await indexIdentifiers(tx);
    const next = held.map((row) => nextOf(open, index, row));
    await sql`
      update customers.identifier i set blind_next = n.next
      from unnest(${partyIds(held)}::uuid[], ${held.map(({ id }) => id)}::uuid[], ${next.map(({ form }) => form)}::bytea[]) as n (party_id, identifier_id, next)
      where i.party_id = n.party_id and i.identifier_id = n.identifier_id`.execute(tx);
    return done(listed, held, after, next.filter(({ broken }) => broken).length);
  },
  async change(tx, after, limit) {
    const listed = await listDue(tx, hasNext, after, limit);
    if (listed.length === 0) return null;
    const held = await holdRows(tx, hasNext, listed);
    await sql`
      update customers.identifier i set blind = i.blind_next, blind_next = null
      from unnest(${partyIds(held)}::uuid[], ${held.map(({ id }) => id)}::uuid[]) as n (party_id, identifier_id)
      where i.party_id = n.party_id and i.identifier_id = n.identifier_id`.execute(tx);
    return done(listed, held, after, 0);
  },
};

/** Of a value that does not open nobody knows the number: it gets a form that no number has, so that nothing is left under the old key. */
function nextOf(open: IdentifierOpener["open"], index: IdentifierIndex, { id, sealed }: Held): { form: Buffer; broken: boolean } {
  try {
    const form = index.next(open(id, sealed));
    if (form === null) throw new Error("no index key is coming");
    return { form, broken: false };
  } catch (error) {
    if (error instanceof SealedValueBroken) return { form: randomBytes(BLIND_BYTES), broken: true };
    throw error;
  }
}

const done = (listed: readonly string[], held: readonly Held[], after: string | null, broken: number) => ({
  after: goOnBehind(listed, new Set(held.map(({ place }) => place)), after),
  rows: held.length,
  broken,
});

const partyIds = (held: readonly Held[]) => held.map(({ place }) => place.split(" ")[0] ?? "");

/** When none is left behind `after` once more from the beginning: a row that was left out would stand under a key that nobody has, and its number were lost. */
async function listDue(tx: Tx, due: typeof needsNext, after: string | null, limit: number): Promise<string[]> {
  const listed = await listPlaces(tx, due, after, limit);
  return listed.length > 0 || after === null ? listed : listPlaces(tx, due, null, limit);
}

async function listPlaces(tx: Tx, due: typeof needsNext, after: string | null, limit: number): Promise<string[]> {
  const [party = null, id = null] = after?.split(" ") ?? [];
  const { rows } = await sql<{ place: string }>`
    select ${placeOf} as place from customers.identifier i
    where ${after === null ? sql`true` : sql`(i.party_id, i.identifier_id) > (${party}::uuid, ${id}::uuid)`} and ${due}
    order by i.party_id, i.identifier_id limit ${limit}`.execute(tx);
  return rows.map(({ place }) => place);
}

async function holdRows(tx: Tx, due: typeof needsNext, places: readonly string[]): Promise<Held[]> {
  const parts = [0, 1].map((at) => places.map((place) => place.split(" ")[at] ?? ""));
  const { rows } = await sql<Held>`
    select ${placeOf} as place, i.identifier_id as id, i.sealed_value as sealed
    from customers.identifier i join unnest(${parts[0]}::uuid[], ${parts[1]}::uuid[]) as n (party_id, identifier_id) using (party_id, identifier_id)
    where ${due} for update of i skip locked`.execute(tx);
  return rows;
}
