import type { DataMap } from "../../platform/data-map/index.ts";

export const intakeData = {
  "customers.load": {
    subject: null,
    purpose: "operation",
    retention: "import_records",
    technical: "load_id load_no source_id mapping_id corrects_load_no state phase progress started_at finished_at reversed_at version",
    raw: "files report failure given",
    staff: "started_by reversed_by",
  },
  "customers.load_change": {
    subject: "party_id",
    purpose: "operation",
    retention: "import_records",
    none: "kind",
    technical: "load_no party_id row_id",
    raw: "before",
  },
  "customers.load_chunk": {
    subject: null,
    purpose: "operation",
    retention: "import_records",
    none: "load_no file_no chunk_no first_line last_line counts totals committed_at",
  },
  "customers.load_number": {
    subject: null,
    purpose: "operation",
    retention: "kept",
    none: "only_row last",
  },
  "customers.mapping": {
    subject: null,
    purpose: "administration",
    retention: "kept",
    none: "mapping_id name version source_code body sha256 created_at",
    staff: "created_by",
  },
  "customers.place": {
    subject: null,
    purpose: "administration",
    retention: "kept",
    none: "source_id code name region country details load_no content_hash",
  },
  "customers.quarantine": {
    subject: null,
    purpose: "data_quality",
    retention: "import_records",
    none: "kind reason field column_name value_class waits_kind",
    technical: "quarantine_id load_no file_no line_no state corrected_at corrected_load_no version",
    identity: "source_key waits_key",
    raw: "raw",
    staff: "corrected_by",
  },
  "customers.source": {
    subject: null,
    purpose: "administration",
    retention: "kept",
    none: "source_id code name trust created_at by_hand",
  },
  "customers.source_record": {
    subject: "party_id",
    purpose: "customer_relationship",
    retention: "import_records",
    none: "kind",
    technical: "source_id source_key party_id row_id content_hash load_no line_no seen_load_no",
    raw: "raw",
  },
} as const satisfies DataMap;
