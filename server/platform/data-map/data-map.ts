/**
 * What a column may tell. `none`: nothing of anybody. `technical`: keys and counters by which a row finds its person; personal by what they lead to, but
 * without content. `raw`: a record as it was delivered, with anything in it. `third_party`: of somebody else than the person whose row it is. `staff`: of
 * those who work with the product. `secret`: opens something; never shown to anybody.
 */
export const dataClasses = [
  "none",
  "technical",
  "identity",
  "contact",
  "identity_document",
  "profile",
  "financial",
  "special",
  "free_text",
  "raw",
  "third_party",
  "staff",
  "secret",
] as const;
export type DataClass = (typeof dataClasses)[number];

/** What the bank tells a person who asks what it knows of them. */
export const toldClasses: readonly DataClass[] = [
  "identity",
  "contact",
  "identity_document",
  "profile",
  "financial",
  "special",
  "free_text",
  "raw",
];

export const dataPurposes = [
  "customer_relationship",
  "data_quality",
  "consent",
  "compliance",
  "security",
  "administration",
  "operation",
] as const;
export type DataPurpose = (typeof dataPurposes)[number];

/** Names of the rules in customers' and governance's retention; how long each is, is the bank's to say (governance.retention_rule). */
export const retentionNames = [
  "relationship", // as long as somebody is a customer, and the term after
  "transactions",
  "identity_documents",
  "consent_evidence",
  "import_records",
  "audit_trail",
  "staff_accounts",
  "short_lived",
  "kept", // says nothing of anybody; no term
] as const;
export type RetentionName = (typeof retentionNames)[number];

/** One table: why and how long it is kept, and under each class the names of its columns, with spaces between. */
export type TableData = {
  /** The column that says whose row it is; null when the row is not of one customer. */
  readonly subject: "party_id" | "customer_id" | null;
  readonly purpose: DataPurpose;
  readonly retention: RetentionName;
} & { readonly [Class in DataClass]?: string };

/** By full table name. A module that owns tables exports one from its `personal-data.ts`; main/personal-data.ts lists them. */
export type DataMap = Readonly<Record<`${string}.${string}`, TableData>>;

export interface ClassifiedColumn {
  readonly table: string;
  readonly column: string;
  readonly class: DataClass;
  readonly subject: TableData["subject"];
  readonly purpose: DataPurpose;
  readonly retention: RetentionName;
}

/** Every column of the maps, table by table. */
export function columnsOf(maps: readonly DataMap[]): ClassifiedColumn[] {
  return maps.flatMap((map) =>
    Object.entries(map).flatMap(([table, data]) =>
      dataClasses.flatMap((name) =>
        (data[name] ?? "")
          .split(/\s+/)
          .filter((column) => column !== "")
          .map((column) => ({
            table,
            column,
            class: name,
            subject: data.subject,
            purpose: data.purpose,
            retention: data.retention,
          })),
      ),
    ),
  );
}
