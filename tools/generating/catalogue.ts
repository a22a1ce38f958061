import type pg from "pg";

// The migrated database as its own catalogue tells it; extensions and what belongs to them are left out.
const ownSchemas = `
  select n.oid, n.nspname as name, pg_get_userbyid(n.nspowner) as owner, n.nspacl as acl
  from pg_namespace n
  where n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'public', 'pgboss')`;
const notOfExtension = (catalogue: string, oid: string) =>
  `not exists (select from pg_depend d where d.classid = '${catalogue}'::regclass and d.objid = ${oid} and d.deptype = 'e')`;
const grantsOf = (acl: string, kind: string, owner: string) => `(
  select string_agg(who || ': ' || what, '; ' order by who collate "C") from (
    select case when a.grantee = 0 then 'public' else pg_get_userbyid(a.grantee) end as who,
      string_agg(lower(a.privilege_type), ', ' order by a.privilege_type) as what
    from aclexplode(coalesce(${acl}, acldefault('${kind}', ${owner}))) a where a.grantee <> ${owner} group by 1) granted)`;

interface Named {
  schema: string;
  name: string;
}
export interface SchemaRow {
  name: string;
  owner: string;
  grants: string | null;
}
export interface RelationRow extends Named {
  oid: number;
  kind: "table" | "partitioned" | "view" | "materialised" | "sequence";
  owner: string;
  partition_of: string | null;
  partition_bound: string | null;
  partition_key: string | null;
  row_security: boolean;
  row_security_forced: boolean;
  options: string | null;
  definition: string | null;
  grants: string | null;
}
export interface ColumnRow {
  relation: number;
  name: string;
  type: string;
  base: string;
  is_array: boolean;
  not_null: boolean;
  fallback: string | null;
  identity: "" | "a" | "d";
  generated: boolean;
  grants: string | null;
}
export interface PartRow {
  relation: number;
  text: string;
}
export interface DefinitionRow extends Named {
  definition: string;
  owner: string;
  grants: string | null;
}
export interface EnumRow extends Named {
  labels: string[];
}
export interface DomainRow extends Named {
  definition: string;
}
export interface RoleRow {
  name: string;
  attributes: string;
  member_of: string | null;
}

/** What a migrated database consists of, each list in an order that does not depend on when things were made. */
export interface Catalogue {
  readonly roles: readonly RoleRow[];
  readonly extensions: readonly Named[];
  readonly schemas: readonly SchemaRow[];
  readonly enums: readonly EnumRow[];
  readonly domains: readonly DomainRow[];
  readonly relations: readonly RelationRow[];
  readonly columns: readonly ColumnRow[];
  readonly constraints: readonly PartRow[];
  readonly indexes: readonly PartRow[];
  readonly triggers: readonly PartRow[];
  readonly policies: readonly PartRow[];
  readonly functions: readonly DefinitionRow[];
}

const statements = {
  roles: `
    select r.rolname as name,
      concat_ws(' ', case when r.rolcanlogin then 'login' else 'nologin' end, case when r.rolinherit then 'inherit' else 'noinherit' end,
        case when r.rolsuper then 'superuser' end, case when r.rolbypassrls then 'bypassrls' end,
        case when r.rolcreaterole then 'createrole' end, case when r.rolcreatedb then 'createdb' end) as attributes,
      (select string_agg(pg_get_userbyid(m.roleid), ', ' order by pg_get_userbyid(m.roleid)) from pg_auth_members m where m.member = r.oid) as member_of
    from pg_roles r
    where r.rolname like 'vinculo%' and r.rolname <> 'vinculo_admin' and not r.rolsuper order by r.rolname collate "C"`,
  extensions: `
    select n.nspname as schema, e.extname as name from pg_extension e join pg_namespace n on n.oid = e.extnamespace
    where e.extname <> 'plpgsql' order by e.extname collate "C"`,
  schemas: `select s.name, s.owner, ${grantsOf("s.acl", "n", "(select nspowner from pg_namespace where oid = s.oid)")} as grants
    from (${ownSchemas}) s order by s.name collate "C"`,
  enums: `
    select s.name as schema, t.typname as name,
      (select array_agg(e.enumlabel::text order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid) as labels
    from pg_type t join (${ownSchemas}) s on s.oid = t.typnamespace
    where t.typtype = 'e' and ${notOfExtension("pg_type", "t.oid")} order by s.name collate "C", t.typname collate "C"`,
  domains: `
    select s.name as schema, t.typname as name, concat_ws(' ', format_type(t.typbasetype, t.typtypmod), case when t.typnotnull then 'not null' end,
      (select string_agg(pg_get_constraintdef(c.oid), ' ' order by c.conname collate "C") from pg_constraint c where c.contypid = t.oid and c.contype = 'c')) as definition
    from pg_type t join (${ownSchemas}) s on s.oid = t.typnamespace
    where t.typtype = 'd' and ${notOfExtension("pg_type", "t.oid")} order by s.name collate "C", t.typname collate "C"`,
  relations: `
    select c.oid::int as oid, s.name as schema, c.relname as name, pg_get_userbyid(c.relowner) as owner,
      case c.relkind when 'r' then 'table' when 'p' then 'partitioned' when 'v' then 'view' when 'm' then 'materialised' else 'sequence' end as kind,
      (select p.inhparent::regclass::text from pg_inherits p where p.inhrelid = c.oid) as partition_of, pg_get_expr(c.relpartbound, c.oid) as partition_bound,
      case when c.relkind = 'p' then pg_get_partkeydef(c.oid) end as partition_key,
      c.relrowsecurity as row_security, c.relforcerowsecurity as row_security_forced,
      array_to_string(c.reloptions, ', ') as options,
      case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid) end as definition,
      ${grantsOf("c.relacl", "r", "c.relowner")} as grants
    from pg_class c join (${ownSchemas}) s on s.oid = c.relnamespace
    where (c.relkind in ('r', 'p', 'v', 'm') or c.relkind = 'S' and not exists (
        select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'i'))
      and ${notOfExtension("pg_class", "c.oid")}
    order by s.name collate "C", c.relname collate "C"`,
  columns: `
    select a.attrelid::int as relation, a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
      coalesce(nullif(base.typelem::bigint, 0)::oid, base.oid)::regtype::text as base, base.typcategory = 'A' as is_array,
      a.attnotnull or t.typnotnull as not_null, pg_get_expr(d.adbin, d.adrelid) as fallback, a.attidentity as identity, a.attgenerated <> '' as generated,
      ${grantsOf("a.attacl", "c", "c.relowner")} as grants
    from pg_attribute a join pg_class c on c.oid = a.attrelid join (${ownSchemas}) s on s.oid = c.relnamespace
    join pg_type t on t.oid = a.atttypid join pg_type base on base.oid = coalesce(nullif(t.typbasetype::bigint, 0)::oid, t.oid)
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'v', 'm') order by a.attrelid, a.attnum`,
  constraints: `
    select c.conrelid::int as relation, format('constraint %I %s', c.conname, pg_get_constraintdef(c.oid)) as text
    from pg_constraint c where c.conrelid <> 0 and c.contype <> 'n' and c.conparentid = 0
    order by array_position('{p,u,f,x,c}', c.contype::text), c.conname collate "C"`,
  indexes: `
    select i.indrelid::int as relation, pg_get_indexdef(i.indexrelid) as text
    from pg_index i join pg_class c on c.oid = i.indexrelid
    where not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
      and not c.relispartition order by c.relname collate "C"`,
  triggers: `
    select t.tgrelid::int as relation, pg_get_triggerdef(t.oid) as text from pg_trigger t
    where not t.tgisinternal and t.tgparentid = 0 order by t.tgname collate "C"`,
  policies: `
    select p.polrelid::int as relation, concat_ws(' ', 'create policy', p.polname, 'on', p.polrelid::regclass::text,
      case when not p.polpermissive then 'as restrictive' end,
      'for ' || case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
      'to ' || coalesce((select string_agg(pg_get_userbyid(role), ', ' order by pg_get_userbyid(role)) from unnest(p.polroles) role where role <> 0), 'public'),
      'using (' || pg_get_expr(p.polqual, p.polrelid) || ')', 'with check (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')') as text
    from pg_policy p order by p.polname collate "C"`,
  functions: `
    select s.name as schema, p.proname as name, pg_get_functiondef(p.oid) as definition, pg_get_userbyid(p.proowner) as owner,
      ${grantsOf("p.proacl", "f", "p.proowner")} as grants
    from pg_proc p join (${ownSchemas}) s on s.oid = p.pronamespace
    where p.prokind in ('f', 'p') and ${notOfExtension("pg_proc", "p.oid")}
    order by s.name collate "C", p.proname collate "C", pg_get_function_identity_arguments(p.oid)`,
} as const satisfies Record<keyof Catalogue, string>;

/** Reads the whole catalogue in one snapshot. The connection must see everything: that of the owner or of a superuser. */
export async function readCatalogue(client: pg.ClientBase): Promise<Catalogue> {
  // An empty search path makes PostgreSQL name the schema of everything it prints.
  await client.query("begin isolation level repeatable read read only; set local search_path = ''");
  const catalogue: Record<string, unknown[]> = {};
  for (const [list, statement] of Object.entries(statements)) catalogue[list] = (await client.query(statement)).rows;
  await client.query("commit");
  return catalogue as unknown as Catalogue;
}
