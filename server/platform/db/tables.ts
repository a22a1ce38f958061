// Made by npm run generate from the migrated database; do not edit.
import type { ColumnType, GeneratedAlways } from "kysely";

interface CustomersAccessGrant {
  grant_id: ColumnType<string, string | undefined, string>;
  person_id: string;
  customer_id: string | null;
  asked_for: string;
  reason: string;
  granted_at: ColumnType<Date, Date | string | undefined, Date | string>;
  expires_at: ColumnType<Date, Date | string, Date | string>;
  ended_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  review_due_at: ColumnType<Date, Date | string, Date | string>;
  overdue_told_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  reviewed_by: string | null;
  reviewed_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  verdict: string | null;
  review_note: string | null;
  version: ColumnType<number, number | undefined, number>;
}

interface CustomersAccessReport {
  customer_id: string;
  report_id: ColumnType<string, string | undefined, string>;
  customer_no: string;
  reason: string;
  state: ColumnType<string, string | undefined, string>;
  sections: ColumnType<unknown, unknown | undefined, unknown>;
  rows: number | null;
  asked_by: string;
  asked_at: ColumnType<Date, Date | string | undefined, Date | string>;
  compiled_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  expires_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
}

interface CustomersAttributeValue {
  customer_id: string | null;
  attribute: string | null;
  value: string | null;
  party_id: string | null;
  source_id: number | null;
  changed_at: Date | null;
  load_no: number | null;
  strategy: string[] | null;
  trust: number | null;
  place: number | null;
  pin_id: string | null;
}

interface CustomersBalance {
  party_id: string;
  holding_id: string;
  kind: string;
  balance_on: string;
  amount_minor: ColumnType<bigint, bigint | number, bigint | number>;
  currency: string;
  source_id: number;
  balance_id: ColumnType<string, string | undefined, string>;
  load_no: number;
  seen_load_no: ColumnType<number, number | undefined, number>;
}

interface CustomersChangedCustomer {
  change_id: GeneratedAlways<bigint>;
  customer_id: string;
}

interface CustomersChangedDays {
  change_id: GeneratedAlways<bigint>;
  party_id: string;
  first_on: string;
  last_on: string;
}

interface CustomersCircle {
  circle_id: string;
  kind: string;
  name: string | null;
  created_by: string;
  created_at: ColumnType<Date, Date | string | undefined, Date | string>;
  version: ColumnType<number, number | undefined, number>;
}

interface CustomersCircleDismissal {
  party_id: string;
  other_party_id: string;
  kind: string;
  dismissed_by: string;
  dismissed_at: ColumnType<Date, Date | string | undefined, Date | string>;
}

interface CustomersCircleMember {
  party_id: string;
  member_id: string;
  circle_id: string;
  role: string;
  from_on: string | null;
  to_on: string | null;
  entered_by: string;
  version: ColumnType<number, number | undefined, number>;
}

interface CustomersConsent {
  party_id: string;
  consent_id: ColumnType<string, string | undefined, string>;
  purpose: string;
  channel: string;
  act: string;
  lawful_basis: string | null;
  text_version: number | null;
  text_locale: string | null;
  happened_at: ColumnType<Date, Date | string, Date | string>;
  obtained_by: string;
  reference: string | null;
  note: string | null;
  recorded_by: string;
  recorded_at: ColumnType<Date, Date | string | undefined, Date | string>;
}

interface CustomersConsentStanding {
  party_id: string | null;
  purpose: string | null;
  channel: string | null;
  matter: string | null;
  act: string | null;
  lawful_basis: string | null;
  happened_at: Date | null;
  consent_id: string | null;
}

interface CustomersConsentText {
  purpose: string;
  version: number;
  locale: string;
  body: string;
  published_at: ColumnType<Date, Date | string | undefined, Date | string>;
  published_by: string | null;
}

interface CustomersContactPoint {
  party_id: string;
  contact_point_id: string;
  source_id: number;
  kind: string;
  purpose: string | null;
  value: string;
  normalised: string | null;
  parts: ColumnType<unknown, unknown | undefined, unknown>;
  changed_at: ColumnType<Date, Date | string, Date | string>;
  load_no: number;
}

interface CustomersContactPurpose {
  purpose: string;
  lawful_basis: string;
  by_channel: boolean;
  direct_marketing: boolean;
  place: number;
  version: ColumnType<number, number | undefined, number>;
  reason: string | null;
  changed_by: string | null;
  changed_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
}

interface CustomersCustomer {
  customer_id: string;
  customer_no: string;
  kind: string;
  branch_id: string | null;
  portfolio_id: string | null;
  full_name: string;
  given_name: string | null;
  family_name: string | null;
  latin_name: string | null;
  sort_name: string;
  sex: string | null;
  born_on: string | null;
  nationality: string | null;
  language: string | null;
  occupation: string | null;
  industry: string | null;
  legal_form: string | null;
  segment: string | null;
  marital_status: string | null;
  customer_since: string | null;
  deceased_on: string | null;
  phone: string | null;
  email: string | null;
  city: string | null;
  country: string | null;
  party_count: ColumnType<number, number | undefined, number>;
  holding_count: ColumnType<number, number | undefined, number>;
  holding_kinds: ColumnType<string[], string[] | undefined, string[]>;
  currency: string | null;
  assets_minor: ColumnType<bigint, bigint | number | undefined, bigint | number>;
  debts_minor: ColumnType<bigint, bigint | number | undefined, bigint | number>;
  other_currencies: ColumnType<boolean, boolean | undefined, boolean>;
  last_transaction_on: string | null;
  version: ColumnType<number, number | undefined, number>;
  refreshed_at: ColumnType<Date, Date | string | undefined, Date | string>;
  city_folded: GeneratedAlways<string | null>;
  birthday: GeneratedAlways<number | null>;
  in_arrears: ColumnType<boolean | null, boolean | null | undefined, boolean | null>;
  compartments: number[] | null;
}

interface CustomersCustomerGroup {
  group_id: string | null;
  name: string | null;
  is_there: boolean | null;
}

interface CustomersErasedRecord {
  source_id: number;
  kind: string;
  key_hash: Buffer;
  erased_at: ColumnType<Date, Date | string | undefined, Date | string>;
}

interface CustomersErasure {
  erasure_id: ColumnType<string, string | undefined, string>;
  customer_id: string;
  customer_no: string;
  cause: ColumnType<string, string | undefined, string>;
  state: ColumnType<string, string | undefined, string>;
  version: ColumnType<number, number | undefined, number>;
  received_on: string;
  due_on: string;
  evidence: string;
  plan: unknown;
  party_ids: string[];
  asked_by: string;
  asked_at: ColumnType<Date, Date | string | undefined, Date | string>;
  restricted_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  next_on: string | null;
  held: ColumnType<boolean, boolean | undefined, boolean>;
  closed_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  note: string | null;
}

interface CustomersErasureSecret {
  only_row: ColumnType<boolean, boolean | undefined, boolean>;
  secret: Buffer;
}

interface CustomersFinishedLoad {
  load_no: number | null;
  finished_at: Date | null;
}

interface CustomersGroupMember {
  group_id: string | null;
  customer_id: string | null;
}

interface CustomersHolding {
  party_id: string;
  holding_id: string;
  source_id: number;
  source_key: string;
  kind: string;
  class: GeneratedAlways<string | null>;
  number: string | null;
  product_code: string | null;
  product_name: string | null;
  currency: string;
  status: ColumnType<string, string | undefined, string>;
  opened_on: string | null;
  matures_on: string | null;
  closed_on: string | null;
  amount_minor: ColumnType<bigint | null, bigint | number | null, bigint | number | null>;
  rate: string | null;
  balance_minor: ColumnType<bigint | null, bigint | number | null, bigint | number | null>;
  balance_on: string | null;
  stated_balance_minor: ColumnType<bigint | null, bigint | number | null, bigint | number | null>;
  stated_balance_on: string | null;
  last_transaction_on: string | null;
  running_balance_minor: ColumnType<bigint | null, bigint | number | null, bigint | number | null>;
  attached_to: string | null;
  branch_code: string | null;
  details: ColumnType<unknown, unknown | undefined, unknown>;
  changed_at: ColumnType<Date, Date | string, Date | string>;
  load_no: number;
}

interface CustomersHoldingRole {
  party_id: string;
  holding_id: string;
  role: string;
  role_id: ColumnType<string, string | undefined, string>;
  owner_party_id: string;
  source_id: number;
  source_key: string | null;
  load_no: number;
}

interface CustomersIdentifier {
  party_id: string;
  identifier_id: string;
  source_id: number;
  scheme: string;
  country: string | null;
  last4: string;
  verified: ColumnType<boolean, boolean | undefined, boolean>;
  expires_on: string | null;
  load_no: number;
  sealed_value: Buffer;
  blind: Buffer;
  check_fails: boolean | null;
  blind_next: Buffer | null;
}

interface CustomersIdentityLink {
  party_id: string;
  link_id: string;
  customer_id: string;
  decision: string;
  evidence: ColumnType<unknown, unknown | undefined, unknown>;
  decided_by: string;
  decided_at: ColumnType<Date, Date | string | undefined, Date | string>;
  load_no: number | null;
  undone_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  undone_by: string | null;
  undone_load_no: number | null;
}

interface CustomersIdentityModel {
  model_no: GeneratedAlways<number>;
  state: ColumnType<string, string | undefined, string>;
  model: unknown;
  refined: ColumnType<number[], number[] | undefined, number[]>;
  training: ColumnType<unknown, unknown | undefined, unknown>;
  created_by: string;
  created_at: ColumnType<Date, Date | string | undefined, Date | string>;
}

interface CustomersLegalHold {
  hold_id: ColumnType<string, string | undefined, string>;
  case_code: string;
  customer_no: string;
  reason: string;
  until: string | null;
  placed_by: string;
  placed_at: ColumnType<Date, Date | string | undefined, Date | string>;
  lifted_by: string | null;
  lifted_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  lift_reason: string | null;
}

interface CustomersLegalHoldRecord {
  hold_id: string;
  party_id: string;
}

interface CustomersLoad {
  load_id: string;
  load_no: number;
  source_id: number;
  mapping_id: string;
  corrects_load_no: number | null;
  files: unknown;
  state: string;
  phase: ColumnType<string, string | undefined, string>;
  progress: ColumnType<unknown, unknown | undefined, unknown>;
  report: ColumnType<unknown, unknown | undefined, unknown>;
  failure: ColumnType<unknown, unknown | undefined, unknown>;
  started_by: string;
  started_at: ColumnType<Date, Date | string | undefined, Date | string>;
  finished_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  reversed_by: string | null;
  reversed_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  version: ColumnType<number, number | undefined, number>;
  given: ColumnType<unknown, unknown | undefined, unknown>;
}

interface CustomersLoadChange {
  load_no: number;
  kind: string;
  party_id: string;
  row_id: string;
  before: unknown;
}

interface CustomersLoadChunk {
  load_no: number;
  file_no: number;
  chunk_no: number;
  first_line: ColumnType<bigint, bigint | number, bigint | number>;
  last_line: ColumnType<bigint, bigint | number, bigint | number>;
  counts: unknown;
  totals: ColumnType<unknown, unknown | undefined, unknown>;
  committed_at: ColumnType<Date, Date | string | undefined, Date | string>;
}

interface CustomersLoadNumber {
  only_row: ColumnType<boolean, boolean | undefined, boolean>;
  last: number;
}

interface CustomersMapping {
  mapping_id: ColumnType<string, string | undefined, string>;
  name: string;
  version: number;
  source_code: string;
  body: string;
  sha256: Buffer;
  created_at: ColumnType<Date, Date | string | undefined, Date | string>;
  created_by: string;
}

interface CustomersMatchEntry {
  party_id: string;
  keys: number[];
}

interface CustomersMatchPair {
  party_id: string;
  other_party_id: string;
  bits: number;
  model_no: number;
  doubt: string | null;
  doubt_since: ColumnType<Date | null, Date | string | null, Date | string | null>;
  decision: string | null;
  decided_by: string | null;
  decided_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  reason: string | null;
  version: ColumnType<number, number | undefined, number>;
}

interface CustomersParty {
  party_id: string;
  customer_id: string;
  source_id: number;
  source_key: string;
  kind: string;
  full_name: string;
  given_name: string | null;
  family_name: string | null;
  latin_name: string | null;
  sex: string | null;
  born_on: string | null;
  nationality: string | null;
  language: string | null;
  occupation: string | null;
  industry: string | null;
  legal_form: string | null;
  segment: string | null;
  marital_status: string | null;
  customer_since: string | null;
  deceased_on: string | null;
  branch_code: string | null;
  portfolio_code: string | null;
  details: ColumnType<unknown, unknown | undefined, unknown>;
  search_terms: ColumnType<string[], string[] | undefined, string[]>;
  changed_at: ColumnType<Date, Date | string, Date | string>;
  load_no: number;
}

interface CustomersPartyHistory {
  party_id: string;
  history_id: ColumnType<string, string | undefined, string>;
  kind: string;
  row_id: string;
  was: unknown;
  valid_from: ColumnType<Date | null, Date | string | null, Date | string | null>;
  known_from: ColumnType<Date, Date | string, Date | string>;
  known_to: ColumnType<Date, Date | string | undefined, Date | string>;
  gone: boolean;
}

interface CustomersPartyQuality {
  party_id: string;
  customer_id: string;
  source_id: number;
  branch_id: string | null;
  checked: ColumnType<bigint, bigint | number, bigint | number>;
  failing: ColumnType<bigint, bigint | number, bigint | number>;
  turns_on: string | null;
  computed_at: ColumnType<Date, Date | string | undefined, Date | string>;
}

interface CustomersPartyRelation {
  party_id: string;
  relation_id: string;
  other_party_id: string;
  kind: string;
  share: string | null;
  from_on: string | null;
  to_on: string | null;
  source_id: number | null;
  source_key: string | null;
  load_no: number | null;
  entered_by: string | null;
  changed_at: ColumnType<Date, Date | string | undefined, Date | string>;
  withdrawn_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  version: ColumnType<number, number | undefined, number>;
}

interface CustomersPayment {
  party_id: string | null;
  holding_id: string | null;
  transaction_id: string | null;
  source_id: number | null;
  source_key: string | null;
  booked_on: string | null;
  load_no: number | null;
  line_no: bigint | null;
  amount_minor: bigint | null;
  currency: string | null;
  payee: string | null;
  payee_name: string | null;
  channel: string | null;
  category: string | null;
}

interface CustomersPlace {
  source_id: number;
  code: string;
  name: string;
  region: string | null;
  country: string | null;
  details: ColumnType<unknown, unknown | undefined, unknown>;
  load_no: number;
  content_hash: ColumnType<bigint, bigint | number, bigint | number>;
}

interface CustomersPublishedAccount {
  party_id: string | null;
  holding_id: string | null;
  source_id: number | null;
  source_key: string | null;
  kind: string | null;
  class: string | null;
  number: string | null;
  product_code: string | null;
  product_name: string | null;
  currency: string | null;
  status: string | null;
  opened_on: string | null;
  matures_on: string | null;
  closed_on: string | null;
  amount_minor: bigint | null;
  rate: string | null;
  balance_minor: bigint | null;
  balance_on: string | null;
  stated_balance_minor: bigint | null;
  stated_balance_on: string | null;
  last_transaction_on: string | null;
  attached_to: string | null;
  branch_code: string | null;
}

interface CustomersPublishedBalance {
  party_id: string | null;
  holding_id: string | null;
  kind: string | null;
  balance_on: string | null;
  amount_minor: bigint | null;
  load_no: number | null;
  currency: string | null;
}

interface CustomersPublishedBooking {
  party_id: string | null;
  booked_on: string | null;
  holding_id: string | null;
  amount_minor: bigint | null;
  currency: string | null;
  balance_after_minor: bigint | null;
  category: string | null;
  channel: string | null;
  counterparty_name: string | null;
  counterparty_account: string | null;
  load_no: number | null;
  line_no: bigint | null;
  transaction_id: string | null;
  source_id: number | null;
  source_key: string | null;
}

interface CustomersPublishedBookingKey {
  source_id: number | null;
  source_key: string | null;
  party_id: string | null;
  transaction_id: string | null;
  booked_on: string | null;
}

interface CustomersPublishedCircle {
  circle_id: string | null;
  kind: string | null;
  name: string | null;
}

interface CustomersPublishedCircleMember {
  party_id: string | null;
  circle_id: string | null;
  role: string | null;
  from_on: string | null;
  to_on: string | null;
}

interface CustomersPublishedCustomer {
  customer_id: string | null;
  customer_no: string | null;
  kind: string | null;
  branch_id: string | null;
  portfolio_id: string | null;
  compartments: number[] | null;
  born_on: string | null;
  deceased_on: string | null;
  sex: string | null;
  nationality: string | null;
  language: string | null;
  country: string | null;
  city: string | null;
  occupation: string | null;
  industry: string | null;
  legal_form: string | null;
  segment: string | null;
  marital_status: string | null;
  customer_since: string | null;
  currency: string | null;
  party_count: number | null;
  in_arrears: boolean | null;
  has_phone: boolean | null;
  has_email: boolean | null;
  full_name: string | null;
  latin_name: string | null;
  sort_name: string | null;
  assets_minor: bigint | null;
  debts_minor: bigint | null;
  holding_count: number | null;
  holding_kinds: string[] | null;
  last_transaction_on: string | null;
}

interface CustomersPublishedHolding {
  party_id: string | null;
  owner_party_id: string | null;
  role: string | null;
  holding_id: string | null;
  kind: string | null;
  class: string | null;
  product_code: string | null;
  currency: string | null;
  status: string | null;
  opened_on: string | null;
  matures_on: string | null;
  closed_on: string | null;
  amount_minor: bigint | null;
  rate: string | null;
  balance_minor: bigint | null;
  balance_on: string | null;
  stated_balance_minor: bigint | null;
  stated_balance_on: string | null;
  attached_to: string | null;
}

interface CustomersPublishedLoad {
  load_no: number | null;
  known_on: string | null;
  first_on: string | null;
}

interface CustomersPublishedParty {
  party_id: string | null;
  customer_id: string | null;
  kind: string | null;
  full_name: string | null;
  latin_name: string | null;
  source_id: number | null;
  source_key: string | null;
}

interface CustomersPublishedRecord {
  source_id: number | null;
  kind: string | null;
  source_key: string | null;
  party_id: string | null;
  row_id: string | null;
}

interface CustomersPublishedRelation {
  party_id: string | null;
  other_party_id: string | null;
  kind: string | null;
  from_on: string | null;
  to_on: string | null;
  share: string | null;
}

interface CustomersPublishedRole {
  party_id: string | null;
  holding_id: string | null;
  role: string | null;
  owner_party_id: string | null;
}

interface CustomersPublishedSource {
  source_id: number | null;
  code: string | null;
  name: string | null;
}

interface CustomersQualityDay {
  day: string;
  source_id: number;
  branch_id: string | null;
  rule_no: number;
  records: number;
  failing: number;
}

interface CustomersQualityFigure {
  figure_no: GeneratedAlways<bigint>;
  source_id: number;
  branch_id: string | null;
  rule_no: number;
  records: number;
  failing: number;
}

interface CustomersQualityPlaceholder {
  rule_no: number;
  value: string;
  records: number;
  found_at: ColumnType<Date, Date | string | undefined, Date | string>;
}

interface CustomersQualityRule {
  rule_no: number;
  dimension: string;
  field: string;
  parameter: ColumnType<unknown, unknown | undefined, unknown>;
  weight: ColumnType<number, number | undefined, number>;
  active: ColumnType<boolean, boolean | undefined, boolean>;
  changed_at: ColumnType<Date, Date | string | undefined, Date | string>;
}

interface CustomersQuarantine {
  quarantine_id: ColumnType<string, string | undefined, string>;
  load_no: number;
  file_no: number;
  line_no: ColumnType<bigint, bigint | number, bigint | number>;
  kind: string;
  source_key: string | null;
  reason: string;
  field: string | null;
  column_name: string | null;
  value_class: string | null;
  raw: unknown;
  state: ColumnType<string, string | undefined, string>;
  corrected_by: string | null;
  corrected_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  corrected_load_no: number | null;
  version: ColumnType<number, number | undefined, number>;
  waits_kind: string | null;
  waits_key: string | null;
  numbers: Buffer[] | null;
}

interface CustomersRetiredCustomer {
  customer_id: string;
  customer_no: string;
  retired_at: ColumnType<Date, Date | string | undefined, Date | string>;
}

interface CustomersReveal {
  reveal_id: ColumnType<string, string | undefined, string>;
  person_id: string;
  customer_id: string;
  scheme: string;
  reason: string;
  at: ColumnType<Date, Date | string | undefined, Date | string>;
}

interface CustomersSeal {
  seal_id: ColumnType<string, string | undefined, string>;
  party_id: string;
  source_id: number;
  source_key: string;
  compartment_id: number;
  customer_no: string;
  reason: string;
  sealed_by: string;
  sealed_at: ColumnType<Date, Date | string | undefined, Date | string>;
  lifted_by: string | null;
  lifted_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  lift_reason: string | null;
}

interface CustomersSearchEntry {
  customer_id: string;
  terms: string;
  compartments: number[] | null;
}

interface CustomersSource {
  source_id: GeneratedAlways<number>;
  code: string;
  name: string;
  trust: ColumnType<number, number | undefined, number>;
  created_at: ColumnType<Date, Date | string | undefined, Date | string>;
  by_hand: ColumnType<boolean, boolean | undefined, boolean>;
}

interface CustomersSourceRecord {
  source_id: number;
  kind: string;
  source_key: string;
  party_id: string;
  row_id: string;
  content_hash: ColumnType<bigint, bigint | number, bigint | number>;
  raw: ColumnType<unknown, unknown | undefined, unknown>;
  load_no: number;
  line_no: ColumnType<bigint, bigint | number, bigint | number>;
  seen_load_no: ColumnType<number, number | undefined, number>;
}

interface CustomersSourceTrust {
  source_id: number;
  attribute: string;
  trust: number;
}

interface CustomersSuppression {
  kind: string;
  address_hash: Buffer;
  since: ColumnType<Date, Date | string | undefined, Date | string>;
}

interface CustomersSurvivorshipRule {
  attribute: string;
  strategy: string[];
}

interface CustomersTransaction {
  party_id: string;
  booked_on: string;
  transaction_id: string;
  holding_id: string;
  amount_minor: ColumnType<bigint, bigint | number, bigint | number>;
  balance_after_minor: ColumnType<bigint | null, bigint | number | null, bigint | number | null>;
  line_no: ColumnType<bigint, bigint | number, bigint | number>;
  load_no: number;
  source_id: number;
  currency: string;
  value_on: string | null;
  source_key: string;
  category: string | null;
  channel: string | null;
  counterparty_name: string | null;
  counterparty_account: string | null;
  description: string | null;
}

interface CustomersTransactionKey {
  source_id: number;
  source_key: string;
  party_id: string;
  transaction_id: string;
  booked_on: string;
  content_hash: ColumnType<bigint, bigint | number, bigint | number>;
  load_no: number;
  seen_load_no: ColumnType<number, number | undefined, number>;
}

interface CustomersValueDispute {
  party_id: string;
  dispute_id: string;
  attribute: string;
  value: string;
  reason: string;
  state: ColumnType<string, string | undefined, string>;
  disputed_by: string;
  disputed_at: ColumnType<Date, Date | string | undefined, Date | string>;
  answer: string | null;
  answered_by: string | null;
  answered_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  version: ColumnType<number, number | undefined, number>;
}

interface CustomersValuePin {
  party_id: string;
  pin_id: string;
  attribute: string;
  value: string;
  reason: string;
  pinned_by: string;
  pinned_at: ColumnType<Date, Date | string | undefined, Date | string>;
  unpinned_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  unpinned_by: string | null;
}

interface GovernanceApiKey {
  key_id: ColumnType<string, string | undefined, string>;
  prefix: string;
  token_hash: Buffer;
  owner_id: string;
  purpose: string;
  scopes: string[];
  ip_ranges: string[];
  rows_per_day: ColumnType<bigint, bigint | number, bigint | number>;
  created_at: ColumnType<Date, Date | string, Date | string>;
  expires_at: ColumnType<Date, Date | string, Date | string>;
  approved_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  revoked_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  revoked_by: string | null;
  last_used_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  last_ip: string | null;
}

interface GovernanceApiKeyRows {
  key_id: string;
  class: string;
  day: string;
  rows: ColumnType<bigint, bigint | number | undefined, bigint | number>;
}

interface GovernanceAppUser {
  user_id: ColumnType<string, string | undefined, string>;
  login: string;
  display_name: string;
  names: ColumnType<unknown, unknown | undefined, unknown>;
  email: string | null;
  home_unit_id: string;
  locale: ColumnType<string, string | undefined, string>;
  calendar: ColumnType<string, string | undefined, string>;
  digits: ColumnType<string, string | undefined, string>;
  theme: ColumnType<string, string | undefined, string>;
  active: ColumnType<boolean, boolean | undefined, boolean>;
  version: ColumnType<number, number | undefined, number>;
  email_confirmed_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
}

interface GovernanceApprovalDecision {
  request_id: string;
  decider_id: string;
  behalf_of: string | null;
  approves: boolean;
  note: string;
  decided_at: ColumnType<Date, Date | string | undefined, Date | string>;
}

interface GovernanceApprovalLevel {
  action: string;
  level: number;
  duties: string[];
  amount_max_minor: ColumnType<bigint | null, bigint | number | null, bigint | number | null>;
  approvers: number;
}

interface GovernanceApprovalPolicy {
  action: string;
  currency: string | null;
  approvers_min: ColumnType<number, number | undefined, number>;
  deputies: ColumnType<boolean, boolean | undefined, boolean>;
  escalate_after_hours: number | null;
  expire_after_hours: ColumnType<number, number | undefined, number>;
  version: ColumnType<number, number | undefined, number>;
  changed_at: ColumnType<Date, Date | string | undefined, Date | string>;
}

interface GovernanceApprovalRequest {
  request_id: ColumnType<string, string | undefined, string>;
  action: string;
  maker_id: string;
  unit_id: string | null;
  about: string;
  reason: string;
  payload: string;
  payload_sha256: Buffer;
  subject_kind: string;
  subject_ids: string[];
  subject_versions: string[];
  difference: string;
  amount_minor: ColumnType<bigint | null, bigint | number | null, bigint | number | null>;
  currency: string | null;
  first_level: number;
  level: number;
  approvers: number;
  state: ColumnType<string, string | undefined, string>;
  asked_at: ColumnType<Date, Date | string | undefined, Date | string>;
  escalate_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  expires_at: ColumnType<Date, Date | string, Date | string>;
  closed_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  approved_xid: string | null;
}

interface GovernanceAuditAnchor {
  destination: string;
  kind: string;
  seal_no: ColumnType<bigint, bigint | number | undefined, bigint | number>;
  done_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  problem: string | null;
  tried_at: ColumnType<Date, Date | string, Date | string>;
  configured: ColumnType<boolean, boolean | undefined, boolean>;
  every_minutes: number | null;
}

interface GovernanceAuditCheck {
  check_id: string;
  ordered_by: string;
  ordered_at: ColumnType<Date, Date | string | undefined, Date | string>;
  started_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  finished_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  seals: ColumnType<bigint, bigint | number | undefined, bigint | number>;
  rows_checked: ColumnType<bigint, bigint | number | undefined, bigint | number>;
  fault_count: number | null;
  faults: ColumnType<unknown, unknown | undefined, unknown>;
  problem: string | null;
}

interface GovernanceAuditEvent {
  event_id: GeneratedAlways<bigint>;
  at: ColumnType<Date, Date | string | undefined, Date | string>;
  actor_id: string;
  session_id: string | null;
  request_id: string;
  purpose: string;
  action: string;
  subject_kind: string;
  subject_ids: ColumnType<string[], string[] | undefined, string[]>;
  subject_count: ColumnType<number, number | undefined, number>;
  query_hash: Buffer | null;
  detail: ColumnType<unknown, unknown | undefined, unknown>;
  xid: ColumnType<string, string | undefined, string>;
  decision: ColumnType<string, string | undefined, string>;
  field_classes: ColumnType<string[], string[] | undefined, string[]>;
  ip_address: string | null;
  user_agent: string | null;
}

interface GovernanceAuditSeal {
  seal_no: ColumnType<bigint, bigint | number, bigint | number>;
  statement: string;
  seal_hash: Buffer;
  signature: Buffer;
  entries: Buffer;
  sealed_at: ColumnType<Date, Date | string, Date | string>;
  row_count: number;
  last_event_id: ColumnType<bigint, bigint | number, bigint | number>;
  first_at: ColumnType<Date, Date | string, Date | string>;
  last_at: ColumnType<Date, Date | string, Date | string>;
}

interface GovernanceAuditSealKey {
  key_id: string;
  public_key: Buffer;
  since: ColumnType<Date, Date | string | undefined, Date | string>;
}

interface GovernanceAuditTimestamp {
  seal_no: ColumnType<bigint, bigint | number, bigint | number>;
  authority: string;
  token: Buffer;
  stamped_at: ColumnType<Date, Date | string, Date | string>;
  verified: boolean;
}

interface GovernanceChallenge {
  challenge_id: ColumnType<string, string | undefined, string>;
  user_id: string | null;
  purpose: string;
  value: string;
  expires_at: ColumnType<Date, Date | string, Date | string>;
}

interface GovernanceClaimedRole {
  user_id: string | null;
  role_id: string | null;
  unit_id: string | null;
  permissions: string[] | null;
  duties: string[] | null;
  system: boolean | null;
  valid_from: string | null;
  valid_until: string | null;
  delegation_id: string | null;
  from_user_id: string | null;
}

interface GovernanceClearance {
  clearance_id: ColumnType<string, string | undefined, string>;
  compartment_id: number;
  person_id: string;
  reason: string;
  given_by: string;
  given_at: ColumnType<Date, Date | string | undefined, Date | string>;
  ended_by: string | null;
  ended_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
}

interface GovernanceCompartment {
  compartment_id: GeneratedAlways<number>;
  kind: string;
  code: string;
  name: string;
  conflict_set: string | null;
  opened_by: string;
  opened_at: ColumnType<Date, Date | string | undefined, Date | string>;
  seals: ColumnType<number, number | undefined, number>;
}

interface GovernanceCredential {
  user_id: string;
  password_hash: string;
  changed_at: ColumnType<Date, Date | string | undefined, Date | string>;
  failed_count: ColumnType<number, number | undefined, number>;
  locked_until: ColumnType<Date | null, Date | string | null, Date | string | null>;
}

interface GovernanceCustomerScope {
  user_id: string | null;
  reason: string | null;
  unit_id: string | null;
  portfolio_id: string | null;
  role_id: string | null;
  held_at: string | null;
  delegation_id: string | null;
  from_user_id: string | null;
}

interface GovernanceDelegation {
  delegation_id: ColumnType<string, string | undefined, string>;
  from_user_id: string;
  to_user_id: string;
  role_ids: string[];
  valid_from: string;
  valid_until: string;
  reason: string;
  created_by: string;
  created_at: ColumnType<Date, Date | string | undefined, Date | string>;
  revoked_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  revoked_by: string | null;
  version: ColumnType<number, number | undefined, number>;
}

interface GovernanceEgressBudget {
  person_id: string;
  class: string;
  day: string;
  rows: ColumnType<bigint, bigint | number | undefined, bigint | number>;
  extra: ColumnType<bigint, bigint | number | undefined, bigint | number>;
  alarmed_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
}

interface GovernanceEmergencyAccount {
  user_id: string;
  named_by: string;
  named_at: ColumnType<Date, Date | string | undefined, Date | string>;
}

interface GovernanceExternalIdentity {
  issuer: string;
  subject: string;
  user_id: string;
  linked_at: ColumnType<Date, Date | string, Date | string>;
  last_used_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
}

interface GovernanceHeldRole {
  user_id: string | null;
  role_id: string | null;
  unit_id: string | null;
  permissions: string[] | null;
  delegation_id: string | null;
  from_user_id: string | null;
}

interface GovernanceIdentityProvider {
  provider_id: ColumnType<number, number | undefined, number>;
  name: string;
  issuer: string;
  client_id: string;
  links_by_email: ColumnType<boolean, boolean | undefined, boolean>;
  group_claim: string | null;
  enabled: ColumnType<boolean, boolean | undefined, boolean>;
  local_sign_in: ColumnType<string, string | undefined, string>;
  tried_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  changed_at: ColumnType<Date, Date | string, Date | string>;
  changed_by: string;
  version: ColumnType<number, number | undefined, number>;
}

interface GovernanceIdentityProviderSecret {
  provider_id: number;
  sealed_secret: Buffer;
  changed_at: ColumnType<Date, Date | string | undefined, Date | string>;
}

interface GovernanceInvitation {
  token_hash: Buffer;
  user_id: string;
  kind: string;
  created_by: string;
  created_at: ColumnType<Date, Date | string, Date | string>;
  expires_at: ColumnType<Date, Date | string, Date | string>;
  used_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
}

interface GovernanceKeyRotation {
  rotation_id: ColumnType<string, string | undefined, string>;
  column_name: string;
  key_no: number | null;
  ordered_by: string;
  ordered_at: ColumnType<Date, Date | string, Date | string>;
  after_id: string | null;
  resealed: ColumnType<bigint, bigint | number | undefined, bigint | number>;
  finished_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  problem: string | null;
  part: ColumnType<string, string | undefined, string>;
  step: ColumnType<number, number | undefined, number>;
}

interface GovernanceNotification {
  notification_id: ColumnType<string, string | undefined, string>;
  person_id: string;
  kind: string;
  detail: ColumnType<unknown, unknown | undefined, unknown>;
  at: ColumnType<Date, Date | string | undefined, Date | string>;
  read_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
}

interface GovernanceOrganisationUnit {
  unit_id: ColumnType<string, string | undefined, string>;
  parent_id: string | null;
  kind: string;
  code: string;
  name: string;
  names: ColumnType<unknown, unknown | undefined, unknown>;
  place_code: string | null;
  active: ColumnType<boolean, boolean | undefined, boolean>;
  version: ColumnType<number, number | undefined, number>;
  load_no: number | null;
}

interface GovernancePasskey {
  credential_id: string;
  user_id: string;
  public_key: Buffer;
  counter: ColumnType<bigint, bigint | number | undefined, bigint | number>;
  transports: ColumnType<string[], string[] | undefined, string[]>;
  name: string;
  created_at: ColumnType<Date, Date | string | undefined, Date | string>;
  last_used_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
}

interface GovernancePeopleGroup {
  group_id: ColumnType<string, string | undefined, string>;
  name: string;
  external_id: string | null;
  version: ColumnType<number, number | undefined, number>;
  created_at: ColumnType<Date, Date | string | undefined, Date | string>;
  changed_at: ColumnType<Date, Date | string | undefined, Date | string>;
}

interface GovernancePeopleGroupMember {
  group_id: string;
  user_id: string;
}

interface GovernancePeopleGroupRole {
  group_name: string;
  role_id: string;
  unit_id: string;
  set_by: string;
  set_at: ColumnType<Date, Date | string | undefined, Date | string>;
}

interface GovernancePortfolio {
  portfolio_id: ColumnType<string, string | undefined, string>;
  code: string;
  name: string;
  unit_id: string;
  owner_user_id: string | null;
  version: ColumnType<number, number | undefined, number>;
  load_no: number | null;
}

interface GovernanceProviderSession {
  session_id: string;
  issuer: string;
  subject: string;
  provider_sid: string | null;
  sealed_id_token: Buffer;
}

interface GovernanceProvisionedPerson {
  user_id: string;
  external_id: string | null;
  changed_at: ColumnType<Date, Date | string | undefined, Date | string>;
  created_at: ColumnType<Date, Date | string | undefined, Date | string>;
  removed_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
}

interface GovernanceRecoveryCode {
  user_id: string;
  code_hash: Buffer;
  used_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
}

interface GovernanceRetentionRule {
  name: string;
  term_months: number | null;
  from_event: string;
  reason: string;
  changed_by: string | null;
  changed_at: ColumnType<Date, Date | string | undefined, Date | string>;
  legal: ColumnType<boolean, boolean | undefined, boolean>;
  version: ColumnType<number, number | undefined, number>;
}

interface GovernanceRole {
  role_id: string;
  permissions: string[];
  name: string | null;
  note: ColumnType<string, string | undefined, string>;
  built_in: ColumnType<boolean, boolean | undefined, boolean>;
  system: ColumnType<boolean, boolean | undefined, boolean>;
  retired_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  version: ColumnType<number, number | undefined, number>;
  duties: GeneratedAlways<string[] | null>;
}

interface GovernanceRoleAssignment {
  user_id: string;
  role_id: string;
  unit_id: string;
  valid_from: ColumnType<string, string | undefined, string>;
  valid_until: string | null;
  granted_by: string | null;
  granted_at: ColumnType<Date, Date | string | undefined, Date | string>;
  version: ColumnType<number, number | undefined, number>;
  from_group: ColumnType<boolean, boolean | undefined, boolean>;
}

interface GovernanceSession {
  session_id: ColumnType<string, string | undefined, string>;
  token_hash: Buffer;
  user_id: string;
  created_at: ColumnType<Date, Date | string | undefined, Date | string>;
  last_seen_at: ColumnType<Date, Date | string | undefined, Date | string>;
  expires_at: ColumnType<Date, Date | string, Date | string>;
  revoked_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  ip_address: string | null;
  user_agent: string | null;
  method: ColumnType<string, string | undefined, string>;
}

interface GovernanceSodConflict {
  duty_a: string;
  duty_b: string;
  reason: string;
  built_in: ColumnType<boolean, boolean | undefined, boolean>;
  created_at: ColumnType<Date, Date | string | undefined, Date | string>;
}

interface GovernanceStanding {
  user_id: string;
  on_day: string;
  whole_bank: boolean;
  units: string[];
  portfolios: string[];
  permissions: string[];
}

interface GovernanceStepUp {
  proof_id: ColumnType<string, string | undefined, string>;
  session_id: string;
  user_id: string;
  action_hash: Buffer;
  method: string;
  proved_at: ColumnType<Date, Date | string, Date | string>;
  expires_at: ColumnType<Date, Date | string, Date | string>;
  used_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
}

interface GovernanceTotp {
  user_id: string;
  sealed_seed: Buffer;
  created_at: ColumnType<Date, Date | string | undefined, Date | string>;
  confirmed_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  last_step: ColumnType<bigint, bigint | number | undefined, bigint | number>;
}

interface GovernanceUnitReach {
  unit_id: string;
  below_id: string;
}

interface IntelligenceClusterRun {
  run_id: ColumnType<string, string | undefined, string>;
  ordered_by: string;
  ordered_at: ColumnType<Date, Date | string | undefined, Date | string>;
  finished_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  parameters: unknown;
  result: ColumnType<unknown, unknown | undefined, unknown>;
  failure: string | null;
}

interface IntelligenceCreditAlert {
  party_id: string;
  alert_id: ColumnType<string, string | undefined, string>;
  kind: string;
  detail: ColumnType<unknown, unknown | undefined, unknown>;
  opened_at: ColumnType<Date, Date | string | undefined, Date | string>;
  closed_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  seen_by: string | null;
  seen_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
}

interface IntelligenceCreditApplication {
  party_id: string;
  application_id: string;
  customer_id: string;
  kind: string;
  currency: string;
  amount_minor: ColumnType<bigint, bigint | number, bigint | number>;
  term_months: number | null;
  yearly_rate: string | null;
  collateral_minor: ColumnType<bigint, bigint | number | undefined, bigint | number>;
  purpose: string;
  entered_by: string;
  entered_at: ColumnType<Date, Date | string | undefined, Date | string>;
  judgement: unknown;
  suggestion: string;
  state: ColumnType<string, string | undefined, string>;
  decided_by: string | null;
  decided_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  decision_reason: string | null;
  approved_minor: ColumnType<bigint | null, bigint | number | null, bigint | number | null>;
}

interface IntelligenceCreditExposure {
  customer_id: string;
  holding_id: string;
  branch_id: string | null;
  kind: string;
  product_name: string | null;
  currency: string;
  days_past_due: number;
  drawn_minor: ColumnType<bigint, bigint | number, bigint | number>;
  limit_minor: ColumnType<bigint, bigint | number, bigint | number>;
  default_minor: ColumnType<bigint, bigint | number, bigint | number>;
  loss_given_default: number;
  expected_loss_minor: ColumnType<bigint, bigint | number, bigint | number>;
}

interface IntelligenceCreditGroupMember {
  customer_id: string;
  group_id: string;
}

interface IntelligenceCreditLimit {
  party_id: string;
  limit_id: ColumnType<string, string | undefined, string>;
  scope: string;
  amount_minor: ColumnType<bigint, bigint | number, bigint | number>;
  valid_until: string | null;
  reason: string;
  set_by: string;
  set_at: ColumnType<Date, Date | string | undefined, Date | string>;
}

interface IntelligenceCreditPolicy {
  version_no: number;
  policy: unknown;
  state: ColumnType<string, string | undefined, string>;
  reason: string;
  proposed_by: string;
  proposed_at: ColumnType<Date, Date | string | undefined, Date | string>;
  in_force_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
}

interface IntelligenceCreditRating {
  customer_id: string;
  branch_id: string | null;
  rated_on: string;
  policy_version: number;
  model_no: number | null;
  basis: string;
  points: number | null;
  probability: number;
  challenger_probability: number | null;
  band: string;
  days_past_due: number;
  drawn_minor: ColumnType<bigint, bigint | number, bigint | number>;
  committed_minor: ColumnType<bigint, bigint | number, bigint | number>;
  default_minor: ColumnType<bigint, bigint | number, bigint | number>;
  expected_loss_minor: ColumnType<bigint, bigint | number, bigint | number>;
  reasons: ColumnType<unknown, unknown | undefined, unknown>;
  salary_stopped: ColumnType<boolean, boolean | undefined, boolean>;
}

interface IntelligenceCreditRatingMonth {
  customer_id: string;
  month: string;
  band: string;
  probability: number;
  default_minor: ColumnType<bigint, bigint | number, bigint | number>;
}

interface IntelligenceCustomerFact {
  customer_id: string;
  branch_id: string | null;
  portfolio_id: string | null;
  as_of: string;
  compartments: number[] | null;
  block_no: GeneratedAlways<number>;
  in_1m_minor: ColumnType<bigint, bigint | number | undefined, bigint | number>;
  out_1m_minor: ColumnType<bigint, bigint | number | undefined, bigint | number>;
  in_3m_minor: ColumnType<bigint, bigint | number | undefined, bigint | number>;
  out_3m_minor: ColumnType<bigint, bigint | number | undefined, bigint | number>;
  in_6m_minor: ColumnType<bigint, bigint | number | undefined, bigint | number>;
  out_6m_minor: ColumnType<bigint, bigint | number | undefined, bigint | number>;
  in_12m_minor: ColumnType<bigint, bigint | number | undefined, bigint | number>;
  out_12m_minor: ColumnType<bigint, bigint | number | undefined, bigint | number>;
  card_minor: ColumnType<bigint, bigint | number | undefined, bigint | number>;
  cash_minor: ColumnType<bigint, bigint | number | undefined, bigint | number>;
  digital_minor: ColumnType<bigint, bigint | number | undefined, bigint | number>;
  transfer_minor: ColumnType<bigint, bigint | number | undefined, bigint | number>;
  housing_minor: ColumnType<bigint, bigint | number | undefined, bigint | number>;
  daily_minor: ColumnType<bigint, bigint | number | undefined, bigint | number>;
  leisure_minor: ColumnType<bigint, bigint | number | undefined, bigint | number>;
  travel_minor: ColumnType<bigint, bigint | number | undefined, bigint | number>;
  saving_minor: ColumnType<bigint, bigint | number | undefined, bigint | number>;
  insurance_minor: ColumnType<bigint, bigint | number | undefined, bigint | number>;
  fee_minor: ColumnType<bigint, bigint | number | undefined, bigint | number>;
  loan_minor: ColumnType<bigint, bigint | number | undefined, bigint | number>;
  remittance_minor: ColumnType<bigint, bigint | number | undefined, bigint | number>;
  own_elsewhere_minor: ColumnType<bigint, bigint | number | undefined, bigint | number>;
  salary_minor: ColumnType<bigint, bigint | number | undefined, bigint | number>;
  assets_minor: ColumnType<bigint, bigint | number | undefined, bigint | number>;
  debts_minor: ColumnType<bigint, bigint | number | undefined, bigint | number>;
  current_minor: ColumnType<bigint, bigint | number | undefined, bigint | number>;
  savings_minor: ColumnType<bigint, bigint | number | undefined, bigint | number>;
  deposits_minor: ColumnType<bigint, bigint | number | undefined, bigint | number>;
  investments_minor: ColumnType<bigint, bigint | number | undefined, bigint | number>;
  loans_minor: ColumnType<bigint, bigint | number | undefined, bigint | number>;
  assets_average_minor: ColumnType<bigint, bigint | number | undefined, bigint | number>;
  assets_low_minor: ColumnType<bigint, bigint | number | undefined, bigint | number>;
  assets_change_minor: ColumnType<bigint, bigint | number | undefined, bigint | number>;
  debts_change_minor: ColumnType<bigint, bigint | number | undefined, bigint | number>;
  record_count: ColumnType<number, number | undefined, number>;
  in_count_1m: ColumnType<number, number | undefined, number>;
  out_count_1m: ColumnType<number, number | undefined, number>;
  in_count_3m: ColumnType<number, number | undefined, number>;
  out_count_3m: ColumnType<number, number | undefined, number>;
  in_count_6m: ColumnType<number, number | undefined, number>;
  out_count_6m: ColumnType<number, number | undefined, number>;
  in_count_12m: ColumnType<number, number | undefined, number>;
  out_count_12m: ColumnType<number, number | undefined, number>;
  active_months: ColumnType<number, number | undefined, number>;
  card_count: ColumnType<number, number | undefined, number>;
  cash_count: ColumnType<number, number | undefined, number>;
  digital_count: ColumnType<number, number | undefined, number>;
  automatic_count: ColumnType<number, number | undefined, number>;
  transfer_count: ColumnType<number, number | undefined, number>;
  branch_count: ColumnType<number, number | undefined, number>;
  own_elsewhere_count: ColumnType<number, number | undefined, number>;
  salary_months: ColumnType<number, number | undefined, number>;
  holding_count: ColumnType<number, number | undefined, number>;
  kind_count: ColumnType<number, number | undefined, number>;
  accounts_held: ColumnType<number, number | undefined, number>;
  savings_accounts_held: ColumnType<number, number | undefined, number>;
  deposits_held: ColumnType<number, number | undefined, number>;
  loans_held: ColumnType<number, number | undefined, number>;
  mortgages_held: ColumnType<number, number | undefined, number>;
  credit_lines_held: ColumnType<number, number | undefined, number>;
  cards_held: ColumnType<number, number | undefined, number>;
  standing_orders_held: ColumnType<number, number | undefined, number>;
  investments_held: ColumnType<number, number | undefined, number>;
  insurances_held: ColumnType<number, number | undefined, number>;
  opened_count: ColumnType<number, number | undefined, number>;
  closed_count: ColumnType<number, number | undefined, number>;
  relation_count: ColumnType<number, number | undefined, number>;
  born_on: string | null;
  customer_since: string | null;
  has_phone: boolean | null;
  has_email: boolean | null;
  in_trend: number | null;
  out_trend: number | null;
  out_count_trend: number | null;
  last_booked_on: string | null;
  last_initiated_on: string | null;
  digital_share: number | null;
  cash_share: number | null;
  card_trend: number | null;
  automatic_trend: number | null;
  last_card_on: string | null;
  last_cash_on: string | null;
  last_digital_on: string | null;
  daily_trend: number | null;
  leisure_trend: number | null;
  travel_trend: number | null;
  remittance_trend: number | null;
  foreign_share: number | null;
  salary_day: number | null;
  has_salary: boolean | null;
  salary_missed: boolean | null;
  assets_change: number | null;
  first_opened_on: string | null;
  last_opened_on: string | null;
  last_closed_on: string | null;
  next_maturity_on: string | null;
  utilisation: number | null;
  in_arrears: boolean | null;
  profit_minor: ColumnType<bigint | null, bigint | number | null, bigint | number | null>;
  lifetime_value_minor: ColumnType<bigint | null, bigint | number | null, bigint | number | null>;
  potential_minor: ColumnType<bigint | null, bigint | number | null, bigint | number | null>;
  churn_share: number | null;
  response_share: number | null;
  next_product_share: number | null;
  credit_score: number | null;
  default_share: number | null;
  expected_loss_minor: ColumnType<bigint | null, bigint | number | null, bigint | number | null>;
  on_watch_list: boolean | null;
  fraud_alerts_open: number | null;
  fraud_score: number | null;
  kind: string | null;
  sex: string | null;
  nationality: string | null;
  language: string | null;
  marital_status: string | null;
  country: string | null;
  segment: string | null;
  industry: string | null;
  tier: string | null;
  rfm: string | null;
  churn_band: string | null;
  next_product: string | null;
  risk_band: string | null;
  next_offer: string | null;
}

interface IntelligenceCustomerScore {
  customer_id: string;
  model_id: string;
  as_of: string;
  version: number;
  item: ColumnType<string, string | undefined, string>;
  chance: number;
  band: string;
  reasons: ColumnType<unknown, unknown | undefined, unknown>;
  scored_at: ColumnType<Date, Date | string | undefined, Date | string>;
}

interface IntelligenceCustomerTier {
  customer_id: string;
  tier: string;
  since: string;
  below_count: ColumnType<number, number | undefined, number>;
  month: string;
  reasons: unknown;
  version_no: number;
}

interface IntelligenceCustomerValue {
  customer_id: string;
  month: string;
  asset_margin: ColumnType<bigint, bigint | number, bigint | number>;
  deposit_margin: ColumnType<bigint, bigint | number, bigint | number>;
  fees: ColumnType<bigint, bigint | number, bigint | number>;
  interchange: ColumnType<bigint, bigint | number, bigint | number>;
  exchange_margin: ColumnType<bigint, bigint | number, bigint | number>;
  activity_cost: ColumnType<bigint, bigint | number, bigint | number>;
  expected_loss: ColumnType<bigint, bigint | number, bigint | number>;
  acquisition_cost: ColumnType<bigint, bigint | number, bigint | number>;
  capital_charge: ColumnType<bigint, bigint | number, bigint | number>;
  profit_minor: GeneratedAlways<bigint | null>;
  economic_minor: GeneratedAlways<bigint | null>;
  volume_minor: ColumnType<bigint, bigint | number, bigint | number>;
  unpriced: number;
  last_own_on: string | null;
  own_count: number;
  recency: number | null;
  frequency: number | null;
  margin: number | null;
  lifetime_minor: ColumnType<bigint | null, bigint | number | null, bigint | number | null>;
  activity_minor: ColumnType<bigint | null, bigint | number | null, bigint | number | null>;
  potential_minor: ColumnType<bigint | null, bigint | number | null, bigint | number | null>;
  stays: number | null;
  basis: ColumnType<bigint | null, bigint | number | null, bigint | number | null>;
}

interface IntelligenceDashboard {
  dashboard_id: ColumnType<string, string | undefined, string>;
  owner_id: string | null;
  role_id: string | null;
  report_ids: string[];
  changed_by: string;
  changed_at: ColumnType<Date, Date | string | undefined, Date | string>;
}

interface IntelligenceExchangeRate {
  currency: string;
  valid_from: string;
  rate: number;
  source: string;
  recorded_by: string;
  recorded_at: ColumnType<Date, Date | string | undefined, Date | string>;
}

interface IntelligenceFactBlock {
  block_no: number;
  customer_id: ColumnType<string[], string[] | undefined, string[]>;
  branch_id: string[] | null;
  as_of: string[] | null;
  in_1m_minor: bigint[] | null;
  out_1m_minor: bigint[] | null;
  in_3m_minor: bigint[] | null;
  out_3m_minor: bigint[] | null;
  in_6m_minor: bigint[] | null;
  out_6m_minor: bigint[] | null;
  in_12m_minor: bigint[] | null;
  out_12m_minor: bigint[] | null;
  card_minor: bigint[] | null;
  cash_minor: bigint[] | null;
  digital_minor: bigint[] | null;
  transfer_minor: bigint[] | null;
  housing_minor: bigint[] | null;
  daily_minor: bigint[] | null;
  leisure_minor: bigint[] | null;
  travel_minor: bigint[] | null;
  saving_minor: bigint[] | null;
  insurance_minor: bigint[] | null;
  fee_minor: bigint[] | null;
  loan_minor: bigint[] | null;
  remittance_minor: bigint[] | null;
  own_elsewhere_minor: bigint[] | null;
  salary_minor: bigint[] | null;
  assets_minor: bigint[] | null;
  debts_minor: bigint[] | null;
  current_minor: bigint[] | null;
  savings_minor: bigint[] | null;
  deposits_minor: bigint[] | null;
  investments_minor: bigint[] | null;
  loans_minor: bigint[] | null;
  assets_average_minor: bigint[] | null;
  assets_low_minor: bigint[] | null;
  assets_change_minor: bigint[] | null;
  debts_change_minor: bigint[] | null;
  record_count: number[] | null;
  in_count_1m: number[] | null;
  out_count_1m: number[] | null;
  in_count_3m: number[] | null;
  out_count_3m: number[] | null;
  in_count_6m: number[] | null;
  out_count_6m: number[] | null;
  in_count_12m: number[] | null;
  out_count_12m: number[] | null;
  active_months: number[] | null;
  card_count: number[] | null;
  cash_count: number[] | null;
  digital_count: number[] | null;
  automatic_count: number[] | null;
  transfer_count: number[] | null;
  branch_count: number[] | null;
  own_elsewhere_count: number[] | null;
  salary_months: number[] | null;
  holding_count: number[] | null;
  kind_count: number[] | null;
  accounts_held: number[] | null;
  savings_accounts_held: number[] | null;
  deposits_held: number[] | null;
  loans_held: number[] | null;
  mortgages_held: number[] | null;
  credit_lines_held: number[] | null;
  cards_held: number[] | null;
  standing_orders_held: number[] | null;
  investments_held: number[] | null;
  insurances_held: number[] | null;
  opened_count: number[] | null;
  closed_count: number[] | null;
  relation_count: number[] | null;
  born_on: string[] | null;
  customer_since: string[] | null;
  has_phone: boolean[] | null;
  has_email: boolean[] | null;
  in_trend: number[] | null;
  out_trend: number[] | null;
  out_count_trend: number[] | null;
  last_booked_on: string[] | null;
  last_initiated_on: string[] | null;
  digital_share: number[] | null;
  cash_share: number[] | null;
  card_trend: number[] | null;
  automatic_trend: number[] | null;
  last_card_on: string[] | null;
  last_cash_on: string[] | null;
  last_digital_on: string[] | null;
  daily_trend: number[] | null;
  leisure_trend: number[] | null;
  travel_trend: number[] | null;
  remittance_trend: number[] | null;
  foreign_share: number[] | null;
  salary_day: number[] | null;
  has_salary: boolean[] | null;
  salary_missed: boolean[] | null;
  assets_change: number[] | null;
  first_opened_on: string[] | null;
  last_opened_on: string[] | null;
  last_closed_on: string[] | null;
  next_maturity_on: string[] | null;
  utilisation: number[] | null;
  in_arrears: boolean[] | null;
  profit_minor: bigint[] | null;
  lifetime_value_minor: bigint[] | null;
  potential_minor: bigint[] | null;
  churn_share: number[] | null;
  response_share: number[] | null;
  next_product_share: number[] | null;
  credit_score: number[] | null;
  default_share: number[] | null;
  expected_loss_minor: bigint[] | null;
  on_watch_list: boolean[] | null;
  fraud_alerts_open: number[] | null;
  fraud_score: number[] | null;
  kind: string[] | null;
  sex: string[] | null;
  nationality: string[] | null;
  language: string[] | null;
  marital_status: string[] | null;
  country: string[] | null;
  segment: string[] | null;
  industry: string[] | null;
  tier: string[] | null;
  rfm: string[] | null;
  churn_band: string[] | null;
  next_product: string[] | null;
  risk_band: string[] | null;
  next_offer: string[] | null;
}

interface IntelligenceFraudAlert {
  party_id: string;
  alert_id: ColumnType<string, string | undefined, string>;
  state: ColumnType<string, string | undefined, string>;
  outcome: string | null;
  action: string;
  first_at: ColumnType<Date, Date | string, Date | string>;
  last_at: ColumnType<Date, Date | string, Date | string>;
  payments: number;
  probability: number;
  amount_minor: ColumnType<bigint, bigint | number, bigint | number>;
  expected_loss_minor: ColumnType<bigint, bigint | number, bigint | number>;
  opened_at: ColumnType<Date, Date | string | undefined, Date | string>;
  assignee_id: string | null;
  informed_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  closed_by: string | null;
  closed_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  version: ColumnType<number, number | undefined, number>;
}

interface IntelligenceFraudAlertEvent {
  party_id: string;
  alert_id: string;
  event_id: ColumnType<string, string | undefined, string>;
  kind: string;
  person_id: string | null;
  at: ColumnType<Date, Date | string | undefined, Date | string>;
  note: string | null;
  detail: ColumnType<unknown, unknown | undefined, unknown>;
}

interface IntelligenceFraudAlertPayment {
  party_id: string;
  alert_id: string;
  source_id: number;
  source_key: string;
  holding_id: string;
  happened_at: ColumnType<Date, Date | string, Date | string>;
  has_time: boolean;
  amount_minor: ColumnType<bigint, bigint | number, bigint | number>;
  currency: string;
  bank_minor: ColumnType<bigint, bigint | number, bigint | number>;
  payee: string;
  payee_name: string | null;
  channel: string | null;
  category: string | null;
  country: string | null;
  probability: number;
  expected_loss_minor: ColumnType<bigint, bigint | number, bigint | number>;
  action: string;
  because: string;
  rules: unknown;
  reasons: unknown;
  features: unknown;
  set_no: number;
  model_no: number | null;
  is_live: boolean;
  is_fraud: boolean | null;
}

interface IntelligenceFraudDecision {
  source_id: number;
  source_key: string;
  account_key: string;
  party_id: string | null;
  holding_id: string | null;
  happened_at: ColumnType<Date, Date | string, Date | string>;
  received_at: ColumnType<Date, Date | string, Date | string>;
  amount_minor: ColumnType<bigint, bigint | number, bigint | number>;
  currency: string;
  payee: string;
  payee_name: string | null;
  channel: string | null;
  country: string | null;
  category: string | null;
  answer: unknown;
}

interface IntelligenceFraudFollowed {
  load_no: number;
  payments: number;
  alerts: number;
  followed_at: ColumnType<Date, Date | string | undefined, Date | string>;
}

interface IntelligenceFraudLabel {
  party_id: string;
  source_id: number;
  source_key: string;
  label_no: GeneratedAlways<bigint>;
  is_fraud: boolean;
  happened_on: string;
  alert_id: string | null;
  decided_by: string;
  decided_at: ColumnType<Date, Date | string | undefined, Date | string>;
}

interface IntelligenceFraudRuleSet {
  set_no: GeneratedAlways<number>;
  title: string;
  document: unknown;
  hash: ColumnType<Buffer, Buffer | undefined, Buffer>;
  state: ColumnType<string, string | undefined, string>;
  version: ColumnType<number, number | undefined, number>;
  based_on: number | null;
  written_by: string;
  written_at: ColumnType<Date, Date | string | undefined, Date | string>;
  backtest: ColumnType<unknown, unknown | undefined, unknown>;
  backtested_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  activated_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
}

interface IntelligenceFraudWatch {
  watched_on: string;
  level: string;
  signs: unknown;
}

interface IntelligenceHoldingMonth {
  party_id: string;
  holding_id: string;
  month_no: number;
  end_minor: ColumnType<bigint, bigint | number, bigint | number>;
  low_minor: ColumnType<bigint, bigint | number, bigint | number>;
}

interface IntelligenceHoldingProfit {
  party_id: string;
  holding_id: string;
  month: string;
  customer_id: string;
  product: string;
  currency: string;
  asset_minor: ColumnType<bigint, bigint | number, bigint | number>;
  deposit_minor: ColumnType<bigint, bigint | number, bigint | number>;
  undrawn_minor: ColumnType<bigint, bigint | number, bigint | number>;
  customer_rate: number | null;
  term_months: number | null;
  months_open: number | null;
  in_arrears: boolean;
  fees_minor: ColumnType<bigint, bigint | number, bigint | number>;
  card_spend_minor: ColumnType<bigint, bigint | number, bigint | number>;
  exchange_minor: ColumnType<bigint, bigint | number, bigint | number>;
  activities: unknown;
  own_count: number;
  own_days: number;
  first_own_on: string | null;
  last_own_on: string | null;
  version_no: number | null;
  asset_margin: ColumnType<bigint, bigint | number, bigint | number>;
  deposit_margin: ColumnType<bigint, bigint | number, bigint | number>;
  fees: ColumnType<bigint, bigint | number, bigint | number>;
  interchange: ColumnType<bigint, bigint | number, bigint | number>;
  exchange_margin: ColumnType<bigint, bigint | number, bigint | number>;
  activity_cost: ColumnType<bigint, bigint | number, bigint | number>;
  expected_loss: ColumnType<bigint, bigint | number, bigint | number>;
  acquisition_cost: ColumnType<bigint, bigint | number, bigint | number>;
  capital_charge: ColumnType<bigint, bigint | number, bigint | number>;
}

interface IntelligenceLateMonth {
  party_id: string;
  month_no: number;
  known_no: number;
}

interface IntelligenceMarketPosition {
  customer_id: string;
  currency: string;
  branch_id: string | null;
  is_income: boolean;
  assets_minor: ColumnType<bigint, bigint | number, bigint | number>;
  debts_minor: ColumnType<bigint, bigint | number, bigint | number>;
  duration_minor: number;
  convexity_minor: number;
  floating_minor: ColumnType<bigint, bigint | number, bigint | number>;
}

interface IntelligenceModel {
  model_id: string;
  champion_version: number | null;
  challenger_version: number | null;
  changed_at: ColumnType<Date, Date | string | undefined, Date | string>;
  learners: ColumnType<string[], string[] | undefined, string[]>;
  champion_learners: ColumnType<string[], string[] | undefined, string[]>;
}

interface IntelligenceModelDeployment {
  deployment_id: ColumnType<string, string | undefined, string>;
  model_id: string;
  place: string;
  version: number | null;
  reason: string;
  deployed_by: string;
  deployed_at: ColumnType<Date, Date | string | undefined, Date | string>;
  is_rollback: ColumnType<boolean, boolean | undefined, boolean>;
}

interface IntelligenceModelTraining {
  training_id: ColumnType<string, string | undefined, string>;
  model_id: string;
  learner: string;
  state: ColumnType<string, string | undefined, string>;
  step: string | null;
  leased_until: ColumnType<Date, Date | string | undefined, Date | string>;
  ordered_by: string;
  ordered_at: ColumnType<Date, Date | string | undefined, Date | string>;
  ended_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  version: number | null;
  failure: ColumnType<unknown, unknown | undefined, unknown>;
}

interface IntelligenceModelVersion {
  model_id: string;
  version: number;
  learner: string;
  seed: number;
  code_version: string;
  report: unknown;
  calibration: unknown;
  histograms: unknown;
  model_text: string;
  checksum: string;
  trained_by: string;
  trained_at: ColumnType<Date, Date | string | undefined, Date | string>;
  state: ColumnType<string, string | undefined, string>;
}

interface IntelligenceModelWatch {
  model_id: string;
  version: number;
  watched_on: string;
  as_of: string;
  rows: number;
  level: string;
  report: unknown;
}

interface IntelligenceOfferAction {
  action_id: string;
  kind: string;
  signal: string;
  product: string | null;
  purpose: string;
  uses_profile: boolean;
  place: number;
  base_rate: number;
  gain_minor: ColumnType<bigint, bigint | number, bigint | number>;
  gain_share: number;
  cost_minor: ColumnType<bigint, bigint | number, bigint | number>;
  loss_minor: ColumnType<bigint, bigint | number, bigint | number>;
  default_max: number | null;
  age_min: number | null;
  age_max: number | null;
  customer_kinds: ColumnType<string[], string[] | undefined, string[]>;
  countries: string[] | null;
  lever: ColumnType<number, number | undefined, number>;
  active: ColumnType<boolean, boolean | undefined, boolean>;
  version: ColumnType<number, number | undefined, number>;
  segment_id: string | null;
}

interface IntelligenceOfferAnswer {
  party_id: string;
  answer_id: ColumnType<string, string | undefined, string>;
  action_id: string;
  answer: string;
  decision_id: string;
  arm: string;
  explored: boolean;
  propensity: number | null;
  answered_by: string;
  answered_at: ColumnType<Date, Date | string | undefined, Date | string>;
  channel: string | null;
}

interface IntelligenceOfferChange {
  change_no: GeneratedAlways<number>;
  action_id: string | null;
  before: unknown;
  after: unknown;
  reason: string;
  changed_by: string;
  changed_at: ColumnType<Date, Date | string | undefined, Date | string>;
}

interface IntelligenceOfferDecision {
  customer_id: string;
  decision_id: ColumnType<string, string | undefined, string>;
  is_current: ColumnType<boolean, boolean | undefined, boolean>;
  decided_on: string;
  decided_at: ColumnType<Date, Date | string | undefined, Date | string>;
  due_on: string;
  arm: string;
  arm_since: string;
  explored: boolean;
  propensity: number | null;
  uses_profile: boolean;
  top_action: string | null;
  top_kind: string | null;
  attention: ColumnType<bigint, bigint | number, bigint | number>;
  candidates: unknown;
  versions: unknown;
  fingerprint: Buffer;
  shown_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
}

interface IntelligenceOfferPolicy {
  only_one: ColumnType<boolean, boolean | undefined, boolean>;
  version: ColumnType<number, number | undefined, number>;
  hold_out_share: ColumnType<number, number | undefined, number>;
  random_share: ColumnType<number, number | undefined, number>;
  exploration_share: ColumnType<number, number | undefined, number>;
  refused_max: ColumnType<number, number | undefined, number>;
  refused_days: ColumnType<number, number | undefined, number>;
  pause_days: ColumnType<number, number | undefined, number>;
  later_days: ColumnType<number, number | undefined, number>;
  contacts_week: ColumnType<number, number | undefined, number>;
  contacts_month: ColumnType<number, number | undefined, number>;
  product_share_max: ColumnType<number, number | undefined, number>;
  salt: ColumnType<string, string | undefined, string>;
  contacts_day: ColumnType<number, number | undefined, number>;
  phone_week: ColumnType<number, number | undefined, number>;
  email_week: ColumnType<number, number | undefined, number>;
  exposure_min: ColumnType<number, number | undefined, number>;
}

interface IntelligenceOfferWatch {
  watched_on: string;
  uneven: unknown;
}

interface IntelligenceParameterEffect {
  version_no: number;
  customer_id: string;
  before_minor: ColumnType<bigint, bigint | number, bigint | number>;
  after_minor: ColumnType<bigint, bigint | number, bigint | number>;
  currency_minor: ColumnType<bigint, bigint | number, bigint | number>;
  rates_minor: ColumnType<bigint, bigint | number, bigint | number>;
  income_minor: ColumnType<bigint, bigint | number, bigint | number>;
  costs_minor: ColumnType<bigint, bigint | number, bigint | number>;
  losses_minor: ColumnType<bigint, bigint | number, bigint | number>;
  acquisition_minor: ColumnType<bigint, bigint | number, bigint | number>;
  capital_minor: ColumnType<bigint, bigint | number, bigint | number>;
}

interface IntelligencePartyMonth {
  party_id: string;
  month_no: number;
  currency: string;
  in_count: number | null;
  out_count: number | null;
  card_count: number | null;
  cash_count: number | null;
  digital_count: number | null;
  branch_count: number | null;
  automatic_count: number | null;
  transfer_count: number | null;
  own_elsewhere_count: number | null;
  in_minor: ColumnType<bigint | null, bigint | number | null, bigint | number | null>;
  out_minor: ColumnType<bigint | null, bigint | number | null, bigint | number | null>;
  card_minor: ColumnType<bigint | null, bigint | number | null, bigint | number | null>;
  cash_minor: ColumnType<bigint | null, bigint | number | null, bigint | number | null>;
  cash_in_minor: ColumnType<bigint | null, bigint | number | null, bigint | number | null>;
  digital_minor: ColumnType<bigint | null, bigint | number | null, bigint | number | null>;
  automatic_minor: ColumnType<bigint | null, bigint | number | null, bigint | number | null>;
  transfer_minor: ColumnType<bigint | null, bigint | number | null, bigint | number | null>;
  housing_minor: ColumnType<bigint | null, bigint | number | null, bigint | number | null>;
  daily_minor: ColumnType<bigint | null, bigint | number | null, bigint | number | null>;
  leisure_minor: ColumnType<bigint | null, bigint | number | null, bigint | number | null>;
  travel_minor: ColumnType<bigint | null, bigint | number | null, bigint | number | null>;
  saving_minor: ColumnType<bigint | null, bigint | number | null, bigint | number | null>;
  insurance_minor: ColumnType<bigint | null, bigint | number | null, bigint | number | null>;
  fee_minor: ColumnType<bigint | null, bigint | number | null, bigint | number | null>;
  loan_minor: ColumnType<bigint | null, bigint | number | null, bigint | number | null>;
  remittance_minor: ColumnType<bigint | null, bigint | number | null, bigint | number | null>;
  own_elsewhere_minor: ColumnType<bigint | null, bigint | number | null, bigint | number | null>;
  salary_minor: ColumnType<bigint | null, bigint | number | null, bigint | number | null>;
  salary_day: number | null;
  largest_in_minor: ColumnType<bigint | null, bigint | number | null, bigint | number | null>;
  largest_in_day: number | null;
  last_in_on: string | null;
  last_out_on: string | null;
  last_initiated_on: string | null;
  last_card_on: string | null;
  last_cash_on: string | null;
  last_digital_on: string | null;
}

interface IntelligenceProfitParameters {
  version_no: GeneratedAlways<number>;
  valid_from: string;
  body: unknown;
  reason: string;
  state: ColumnType<string, string | undefined, string>;
  proposed_by: string;
  proposed_at: ColumnType<Date, Date | string | undefined, Date | string>;
  applied_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
}

interface IntelligenceRefreshCustomer {
  run_id: string;
  customer_id: string;
  booked_since: string | null;
}

interface IntelligenceRefreshRun {
  run_id: ColumnType<string, string | undefined, string>;
  started_at: ColumnType<Date, Date | string | undefined, Date | string>;
  finished_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  of_all: boolean;
  customers: number | null;
  steps_done: ColumnType<unknown, unknown | undefined, unknown>;
  as_of: string | null;
}

interface IntelligenceReport {
  report_id: ColumnType<string, string | undefined, string>;
  name: string;
  note: string | null;
  owner_id: string;
  shared: ColumnType<boolean, boolean | undefined, boolean>;
  definition: unknown;
  permissions: ColumnType<string[], string[] | undefined, string[]>;
  version: ColumnType<number, number | undefined, number>;
  created_at: ColumnType<Date, Date | string | undefined, Date | string>;
  changed_at: ColumnType<Date, Date | string | undefined, Date | string>;
  archived_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
}

interface IntelligenceReportMail {
  person_id: string;
  report_id: string;
  every: string;
  next_at: ColumnType<Date, Date | string, Date | string>;
  sent_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  failure: string | null;
  ordered_at: ColumnType<Date, Date | string | undefined, Date | string>;
  hour: ColumnType<number, number | undefined, number>;
  zone: ColumnType<string, string | undefined, string>;
}

interface IntelligenceSegment {
  segment_id: ColumnType<string, string | undefined, string>;
  name: string;
  note: string | null;
  owner_id: string;
  shared: ColumnType<boolean, boolean | undefined, boolean>;
  definition: unknown;
  permissions: ColumnType<string[], string[] | undefined, string[]>;
  version: ColumnType<number, number | undefined, number>;
  created_at: ColumnType<Date, Date | string | undefined, Date | string>;
  changed_at: ColumnType<Date, Date | string | undefined, Date | string>;
  computed_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  members: number | null;
  archived_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  answerable: ColumnType<boolean, boolean | undefined, boolean>;
}

interface IntelligenceSegmentDay {
  segment_id: string;
  day: string;
  version: number;
  members: number;
  joined: number;
  gone: number;
  makeup: unknown;
}

interface IntelligenceSegmentMember {
  segment_id: string;
  customer_id: string;
  joined_on: string;
}

interface IntelligenceSegmentMove {
  segment_id: string;
  moved_on: string;
  customer_id: string;
  joined: boolean;
}

interface IntelligenceSegmentVersion {
  segment_id: string;
  version: number;
  name: string;
  definition: unknown;
  changed_by: string;
  changed_at: ColumnType<Date, Date | string | undefined, Date | string>;
}

interface IntelligenceStaleBlock {
  block_no: number;
}

interface IntelligenceTierAppeal {
  party_id: string;
  appeal_id: ColumnType<string, string | undefined, string>;
  tier: string;
  reason: string;
  state: ColumnType<string, string | undefined, string>;
  asked_by: string;
  asked_at: ColumnType<Date, Date | string | undefined, Date | string>;
  until: string | null;
  decided_by: string | null;
  decided_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  note: string | null;
}

interface IntelligenceTierMove {
  move_id: ColumnType<string, string | undefined, string>;
  customer_id: string;
  from_tier: string | null;
  to_tier: string;
  move: string;
  on_day: string;
  reasons: unknown;
  version_no: number;
}

interface IntelligenceValueModel {
  month: string;
  body: unknown;
  learned_at: ColumnType<Date, Date | string | undefined, Date | string>;
}

interface IntelligenceWatchEntry {
  party_id: string;
  watch_id: ColumnType<string, string | undefined, string>;
  rule: string | null;
  reason: string | null;
  entered_by: string;
  entered_at: ColumnType<Date, Date | string | undefined, Date | string>;
  review_on: string;
  actions: ColumnType<string, string | undefined, string>;
  reviewed_by: string | null;
  reviewed_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  left_by: string | null;
  left_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  left_reason: string | null;
  version: ColumnType<number, number | undefined, number>;
}

interface JobsBam {
  id: ColumnType<string, string | undefined, string>;
  name: string;
  version: number;
  status: ColumnType<string, string | undefined, string>;
  queue: string | null;
  table_name: string;
  command: string;
  error: string | null;
  created_on: ColumnType<Date, Date | string | undefined, Date | string>;
  started_on: ColumnType<Date | null, Date | string | null, Date | string | null>;
  completed_on: ColumnType<Date | null, Date | string | null, Date | string | null>;
}

interface JobsJob {
  id: ColumnType<string, string | undefined, string>;
  name: string;
  priority: ColumnType<number, number | undefined, number>;
  data: ColumnType<unknown, unknown | undefined, unknown>;
  state: ColumnType<"created" | "retry" | "active" | "completed" | "cancelled" | "failed", "created" | "retry" | "active" | "completed" | "cancelled" | "failed" | undefined, "created" | "retry" | "active" | "completed" | "cancelled" | "failed">;
  retry_limit: ColumnType<number, number | undefined, number>;
  retry_count: ColumnType<number, number | undefined, number>;
  retry_delay: ColumnType<number, number | undefined, number>;
  retry_backoff: ColumnType<boolean, boolean | undefined, boolean>;
  retry_delay_max: number | null;
  expire_seconds: ColumnType<number, number | undefined, number>;
  deletion_seconds: ColumnType<number, number | undefined, number>;
  singleton_key: string | null;
  singleton_on: ColumnType<Date | null, Date | string | null, Date | string | null>;
  group_id: string | null;
  group_tier: string | null;
  start_after: ColumnType<Date, Date | string | undefined, Date | string>;
  created_on: ColumnType<Date, Date | string | undefined, Date | string>;
  started_on: ColumnType<Date | null, Date | string | null, Date | string | null>;
  completed_on: ColumnType<Date | null, Date | string | null, Date | string | null>;
  keep_until: ColumnType<Date, Date | string | undefined, Date | string>;
  output: ColumnType<unknown, unknown | undefined, unknown>;
  dead_letter: string | null;
  policy: string | null;
  heartbeat_on: ColumnType<Date | null, Date | string | null, Date | string | null>;
  heartbeat_seconds: number | null;
  blocked: ColumnType<boolean, boolean | undefined, boolean>;
  blocking: ColumnType<boolean, boolean | undefined, boolean>;
  pending_dependencies: ColumnType<number, number | undefined, number>;
  source_name: string | null;
  source_id: string | null;
  source_created_on: ColumnType<Date | null, Date | string | null, Date | string | null>;
  source_retry_count: number | null;
  source_output: ColumnType<unknown, unknown | undefined, unknown>;
  source_root_id: string | null;
}

interface JobsJobDependency {
  child_name: string;
  child_id: string;
  parent_name: string;
  parent_id: string;
}

interface JobsQueue {
  name: string;
  policy: string;
  retry_limit: number;
  retry_delay: number;
  retry_backoff: boolean;
  retry_delay_max: number | null;
  expire_seconds: number;
  retention_seconds: number;
  deletion_seconds: number;
  dead_letter: string | null;
  partition: boolean;
  table_name: string;
  deferred_count: ColumnType<number, number | undefined, number>;
  queued_count: ColumnType<number, number | undefined, number>;
  ready_count: ColumnType<number, number | undefined, number>;
  warning_queued: ColumnType<number, number | undefined, number>;
  active_count: ColumnType<number, number | undefined, number>;
  failed_count: ColumnType<number, number | undefined, number>;
  total_count: ColumnType<number, number | undefined, number>;
  created_delta: ColumnType<number, number | undefined, number>;
  completed_delta: ColumnType<number, number | undefined, number>;
  failed_delta: ColumnType<number, number | undefined, number>;
  delta_on: ColumnType<Date | null, Date | string | null, Date | string | null>;
  delta_seconds: number | null;
  ready_history: ColumnType<number[], number[] | undefined, number[]>;
  heartbeat_seconds: number | null;
  notify: ColumnType<boolean, boolean | undefined, boolean>;
  singletons_active: string[] | null;
  monitor_claim_on: ColumnType<Date | null, Date | string | null, Date | string | null>;
  monitor_on: ColumnType<Date | null, Date | string | null, Date | string | null>;
  maintain_on: ColumnType<Date | null, Date | string | null, Date | string | null>;
  created_on: ColumnType<Date, Date | string | undefined, Date | string>;
  updated_on: ColumnType<Date, Date | string | undefined, Date | string>;
}

interface JobsQueueStats {
  id: ColumnType<string, string | undefined, string>;
  name: string;
  deferred_count: ColumnType<number, number | undefined, number>;
  queued_count: ColumnType<number, number | undefined, number>;
  ready_count: ColumnType<number, number | undefined, number>;
  active_count: ColumnType<number, number | undefined, number>;
  failed_count: ColumnType<number, number | undefined, number>;
  total_count: ColumnType<number, number | undefined, number>;
  created_delta: number | null;
  completed_delta: number | null;
  failed_delta: number | null;
  delta_seconds: number | null;
  delta_on: ColumnType<Date | null, Date | string | null, Date | string | null>;
  captured_on: ColumnType<Date, Date | string | undefined, Date | string>;
}

interface JobsSchedule {
  name: string;
  key: ColumnType<string, string | undefined, string>;
  kind: ColumnType<string, string | undefined, string>;
  cron: string;
  timezone: ColumnType<string | null, string | null | undefined, string | null>;
  data: ColumnType<unknown, unknown | undefined, unknown>;
  options: ColumnType<unknown, unknown | undefined, unknown>;
  created_on: ColumnType<Date, Date | string | undefined, Date | string>;
  updated_on: ColumnType<Date, Date | string | undefined, Date | string>;
  last_job_id: string | null;
}

interface JobsSubscription {
  event: string;
  name: string;
  created_on: ColumnType<Date, Date | string | undefined, Date | string>;
  updated_on: ColumnType<Date, Date | string | undefined, Date | string>;
}

interface JobsVersion {
  version: number;
  cron_on: ColumnType<Date | null, Date | string | null, Date | string | null>;
  bam_on: ColumnType<Date | null, Date | string | null, Date | string | null>;
  flow_on: ColumnType<Date | null, Date | string | null, Date | string | null>;
  reindex_on: ColumnType<Date | null, Date | string | null, Date | string | null>;
  monitor_backoff_on: ColumnType<Date | null, Date | string | null, Date | string | null>;
}

interface JobsWarning {
  id: ColumnType<string, string | undefined, string>;
  type: string;
  message: string;
  data: ColumnType<unknown, unknown | undefined, unknown>;
  created_on: ColumnType<Date, Date | string | undefined, Date | string>;
}

interface PlatformContextKey {
  key_id: number;
  secret: Buffer;
  created_at: ColumnType<Date, Date | string | undefined, Date | string>;
}

interface PlatformDataKey {
  key_no: GeneratedAlways<number>;
  column_name: string;
  epoch: number;
  wrapped: string;
  master_key: string;
  seals_before: ColumnType<bigint, bigint | number, bigint | number>;
  created_at: ColumnType<Date, Date | string | undefined, Date | string>;
  index_use: string | null;
}

interface PlatformIdempotency {
  user_id: string;
  endpoint: string;
  key: string;
  request_hash: Buffer;
  status: number | null;
  answer: ColumnType<unknown, unknown | undefined, unknown>;
  created_at: ColumnType<Date, Date | string | undefined, Date | string>;
}

interface PlatformInbox {
  consumer: string;
  event_id: ColumnType<bigint, bigint | number, bigint | number>;
  handled_at: ColumnType<Date, Date | string | undefined, Date | string>;
}

interface PlatformMigration {
  name: string;
  sha256: string;
  applied_at: ColumnType<Date, Date | string | undefined, Date | string>;
}

interface PlatformOutbox {
  event_id: GeneratedAlways<bigint>;
  topic: string;
  key: string;
  payload: unknown;
  created_at: ColumnType<Date, Date | string | undefined, Date | string>;
  created_xid: ColumnType<string, string | undefined, string>;
  relayed_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  attempts: ColumnType<number, number | undefined, number>;
  next_try_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  failed_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  failed_consumer: string | null;
}

interface PlatformRepeatable {
  name: string;
  sha256: string;
  applied_at: ColumnType<Date, Date | string | undefined, Date | string>;
}

interface PlatformSetting {
  name: string;
  value: unknown;
  changed_at: ColumnType<Date, Date | string | undefined, Date | string>;
}

/** Every table and view by its full name, as Kysely sees it. */
export interface Database {
  "customers.access_grant": CustomersAccessGrant;
  "customers.access_report": CustomersAccessReport;
  "customers.attribute_value": CustomersAttributeValue;
  "customers.balance": CustomersBalance;
  "customers.changed_customer": CustomersChangedCustomer;
  "customers.changed_days": CustomersChangedDays;
  "customers.circle": CustomersCircle;
  "customers.circle_dismissal": CustomersCircleDismissal;
  "customers.circle_member": CustomersCircleMember;
  "customers.consent": CustomersConsent;
  "customers.consent_standing": CustomersConsentStanding;
  "customers.consent_text": CustomersConsentText;
  "customers.contact_point": CustomersContactPoint;
  "customers.contact_purpose": CustomersContactPurpose;
  "customers.customer": CustomersCustomer;
  "customers.customer_group": CustomersCustomerGroup;
  "customers.erased_record": CustomersErasedRecord;
  "customers.erasure": CustomersErasure;
  "customers.erasure_secret": CustomersErasureSecret;
  "customers.finished_load": CustomersFinishedLoad;
  "customers.group_member": CustomersGroupMember;
  "customers.holding": CustomersHolding;
  "customers.holding_role": CustomersHoldingRole;
  "customers.identifier": CustomersIdentifier;
  "customers.identity_link": CustomersIdentityLink;
  "customers.identity_model": CustomersIdentityModel;
  "customers.legal_hold": CustomersLegalHold;
  "customers.legal_hold_record": CustomersLegalHoldRecord;
  "customers.load": CustomersLoad;
  "customers.load_change": CustomersLoadChange;
  "customers.load_chunk": CustomersLoadChunk;
  "customers.load_number": CustomersLoadNumber;
  "customers.mapping": CustomersMapping;
  "customers.match_entry": CustomersMatchEntry;
  "customers.match_pair": CustomersMatchPair;
  "customers.party": CustomersParty;
  "customers.party_history": CustomersPartyHistory;
  "customers.party_quality": CustomersPartyQuality;
  "customers.party_relation": CustomersPartyRelation;
  "customers.payment": CustomersPayment;
  "customers.place": CustomersPlace;
  "customers.published_account": CustomersPublishedAccount;
  "customers.published_balance": CustomersPublishedBalance;
  "customers.published_booking": CustomersPublishedBooking;
  "customers.published_booking_key": CustomersPublishedBookingKey;
  "customers.published_circle": CustomersPublishedCircle;
  "customers.published_circle_member": CustomersPublishedCircleMember;
  "customers.published_customer": CustomersPublishedCustomer;
  "customers.published_holding": CustomersPublishedHolding;
  "customers.published_load": CustomersPublishedLoad;
  "customers.published_party": CustomersPublishedParty;
  "customers.published_record": CustomersPublishedRecord;
  "customers.published_relation": CustomersPublishedRelation;
  "customers.published_role": CustomersPublishedRole;
  "customers.published_source": CustomersPublishedSource;
  "customers.quality_day": CustomersQualityDay;
  "customers.quality_figure": CustomersQualityFigure;
  "customers.quality_placeholder": CustomersQualityPlaceholder;
  "customers.quality_rule": CustomersQualityRule;
  "customers.quarantine": CustomersQuarantine;
  "customers.retired_customer": CustomersRetiredCustomer;
  "customers.reveal": CustomersReveal;
  "customers.seal": CustomersSeal;
  "customers.search_entry": CustomersSearchEntry;
  "customers.source": CustomersSource;
  "customers.source_record": CustomersSourceRecord;
  "customers.source_trust": CustomersSourceTrust;
  "customers.suppression": CustomersSuppression;
  "customers.survivorship_rule": CustomersSurvivorshipRule;
  "customers.transaction": CustomersTransaction;
  "customers.transaction_key": CustomersTransactionKey;
  "customers.value_dispute": CustomersValueDispute;
  "customers.value_pin": CustomersValuePin;
  "governance.api_key": GovernanceApiKey;
  "governance.api_key_rows": GovernanceApiKeyRows;
  "governance.app_user": GovernanceAppUser;
  "governance.approval_decision": GovernanceApprovalDecision;
  "governance.approval_level": GovernanceApprovalLevel;
  "governance.approval_policy": GovernanceApprovalPolicy;
  "governance.approval_request": GovernanceApprovalRequest;
  "governance.audit_anchor": GovernanceAuditAnchor;
  "governance.audit_check": GovernanceAuditCheck;
  "governance.audit_event": GovernanceAuditEvent;
  "governance.audit_seal": GovernanceAuditSeal;
  "governance.audit_seal_key": GovernanceAuditSealKey;
  "governance.audit_timestamp": GovernanceAuditTimestamp;
  "governance.challenge": GovernanceChallenge;
  "governance.claimed_role": GovernanceClaimedRole;
  "governance.clearance": GovernanceClearance;
  "governance.compartment": GovernanceCompartment;
  "governance.credential": GovernanceCredential;
  "governance.customer_scope": GovernanceCustomerScope;
  "governance.delegation": GovernanceDelegation;
  "governance.egress_budget": GovernanceEgressBudget;
  "governance.emergency_account": GovernanceEmergencyAccount;
  "governance.external_identity": GovernanceExternalIdentity;
  "governance.held_role": GovernanceHeldRole;
  "governance.identity_provider": GovernanceIdentityProvider;
  "governance.identity_provider_secret": GovernanceIdentityProviderSecret;
  "governance.invitation": GovernanceInvitation;
  "governance.key_rotation": GovernanceKeyRotation;
  "governance.notification": GovernanceNotification;
  "governance.organisation_unit": GovernanceOrganisationUnit;
  "governance.passkey": GovernancePasskey;
  "governance.people_group": GovernancePeopleGroup;
  "governance.people_group_member": GovernancePeopleGroupMember;
  "governance.people_group_role": GovernancePeopleGroupRole;
  "governance.portfolio": GovernancePortfolio;
  "governance.provider_session": GovernanceProviderSession;
  "governance.provisioned_person": GovernanceProvisionedPerson;
  "governance.recovery_code": GovernanceRecoveryCode;
  "governance.retention_rule": GovernanceRetentionRule;
  "governance.role": GovernanceRole;
  "governance.role_assignment": GovernanceRoleAssignment;
  "governance.session": GovernanceSession;
  "governance.sod_conflict": GovernanceSodConflict;
  "governance.standing": GovernanceStanding;
  "governance.step_up": GovernanceStepUp;
  "governance.totp": GovernanceTotp;
  "governance.unit_reach": GovernanceUnitReach;
  "intelligence.cluster_run": IntelligenceClusterRun;
  "intelligence.credit_alert": IntelligenceCreditAlert;
  "intelligence.credit_application": IntelligenceCreditApplication;
  "intelligence.credit_exposure": IntelligenceCreditExposure;
  "intelligence.credit_group_member": IntelligenceCreditGroupMember;
  "intelligence.credit_limit": IntelligenceCreditLimit;
  "intelligence.credit_policy": IntelligenceCreditPolicy;
  "intelligence.credit_rating": IntelligenceCreditRating;
  "intelligence.credit_rating_month": IntelligenceCreditRatingMonth;
  "intelligence.customer_fact": IntelligenceCustomerFact;
  "intelligence.customer_score": IntelligenceCustomerScore;
  "intelligence.customer_tier": IntelligenceCustomerTier;
  "intelligence.customer_value": IntelligenceCustomerValue;
  "intelligence.dashboard": IntelligenceDashboard;
  "intelligence.exchange_rate": IntelligenceExchangeRate;
  "intelligence.fact_block": IntelligenceFactBlock;
  "intelligence.fraud_alert": IntelligenceFraudAlert;
  "intelligence.fraud_alert_event": IntelligenceFraudAlertEvent;
  "intelligence.fraud_alert_payment": IntelligenceFraudAlertPayment;
  "intelligence.fraud_decision": IntelligenceFraudDecision;
  "intelligence.fraud_followed": IntelligenceFraudFollowed;
  "intelligence.fraud_label": IntelligenceFraudLabel;
  "intelligence.fraud_rule_set": IntelligenceFraudRuleSet;
  "intelligence.fraud_watch": IntelligenceFraudWatch;
  "intelligence.holding_month": IntelligenceHoldingMonth;
  "intelligence.holding_profit": IntelligenceHoldingProfit;
  "intelligence.late_month": IntelligenceLateMonth;
  "intelligence.market_position": IntelligenceMarketPosition;
  "intelligence.model": IntelligenceModel;
  "intelligence.model_deployment": IntelligenceModelDeployment;
  "intelligence.model_training": IntelligenceModelTraining;
  "intelligence.model_version": IntelligenceModelVersion;
  "intelligence.model_watch": IntelligenceModelWatch;
  "intelligence.offer_action": IntelligenceOfferAction;
  "intelligence.offer_answer": IntelligenceOfferAnswer;
  "intelligence.offer_change": IntelligenceOfferChange;
  "intelligence.offer_decision": IntelligenceOfferDecision;
  "intelligence.offer_policy": IntelligenceOfferPolicy;
  "intelligence.offer_watch": IntelligenceOfferWatch;
  "intelligence.parameter_effect": IntelligenceParameterEffect;
  "intelligence.party_month": IntelligencePartyMonth;
  "intelligence.profit_parameters": IntelligenceProfitParameters;
  "intelligence.refresh_customer": IntelligenceRefreshCustomer;
  "intelligence.refresh_run": IntelligenceRefreshRun;
  "intelligence.report": IntelligenceReport;
  "intelligence.report_mail": IntelligenceReportMail;
  "intelligence.segment": IntelligenceSegment;
  "intelligence.segment_day": IntelligenceSegmentDay;
  "intelligence.segment_member": IntelligenceSegmentMember;
  "intelligence.segment_move": IntelligenceSegmentMove;
  "intelligence.segment_version": IntelligenceSegmentVersion;
  "intelligence.stale_block": IntelligenceStaleBlock;
  "intelligence.tier_appeal": IntelligenceTierAppeal;
  "intelligence.tier_move": IntelligenceTierMove;
  "intelligence.value_model": IntelligenceValueModel;
  "intelligence.watch_entry": IntelligenceWatchEntry;
  "jobs.bam": JobsBam;
  "jobs.job": JobsJob;
  "jobs.job_dependency": JobsJobDependency;
  "jobs.queue": JobsQueue;
  "jobs.queue_stats": JobsQueueStats;
  "jobs.schedule": JobsSchedule;
  "jobs.subscription": JobsSubscription;
  "jobs.version": JobsVersion;
  "jobs.warning": JobsWarning;
  "platform.context_key": PlatformContextKey;
  "platform.data_key": PlatformDataKey;
  "platform.idempotency": PlatformIdempotency;
  "platform.inbox": PlatformInbox;
  "platform.migration": PlatformMigration;
  "platform.outbox": PlatformOutbox;
  "platform.repeatable": PlatformRepeatable;
  "platform.setting": PlatformSetting;
}
