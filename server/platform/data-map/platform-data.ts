import type { DataMap } from "./data-map.ts";

/** Tables of the platform, and of the job queue as pg-boss has them. */
export const platformData = {
  "jobs.bam": {
    subject: null,
    purpose: "operation",
    retention: "short_lived",
    technical: "id name version status queue table_name command error created_on started_on completed_on",
  },
  "jobs.job": {
    subject: null,
    purpose: "operation",
    retention: "short_lived",
    technical:
      "id name priority state retry_limit retry_count retry_delay retry_backoff retry_delay_max expire_seconds deletion_seconds singleton_key singleton_on group_id group_tier start_after created_on started_on completed_on keep_until dead_letter policy heartbeat_on heartbeat_seconds blocked blocking pending_dependencies source_name source_id source_created_on source_retry_count source_output source_root_id",
    raw: "data output",
  },
  "jobs.job_dependency": {
    subject: null,
    purpose: "operation",
    retention: "short_lived",
    technical: "child_name child_id parent_name parent_id",
  },
  "jobs.queue": {
    subject: null,
    purpose: "operation",
    retention: "short_lived",
    technical:
      "name policy retry_limit retry_delay retry_backoff retry_delay_max expire_seconds retention_seconds deletion_seconds dead_letter partition table_name deferred_count queued_count ready_count warning_queued active_count failed_count total_count created_delta completed_delta failed_delta delta_on delta_seconds ready_history heartbeat_seconds notify singletons_active monitor_claim_on monitor_on maintain_on created_on updated_on",
  },
  "jobs.queue_stats": {
    subject: null,
    purpose: "operation",
    retention: "short_lived",
    technical:
      "id name deferred_count queued_count ready_count active_count failed_count total_count created_delta completed_delta failed_delta delta_seconds delta_on captured_on",
  },
  "jobs.schedule": {
    subject: null,
    purpose: "operation",
    retention: "kept",
    technical: "name key kind cron timezone options created_on updated_on last_job_id",
    raw: "data",
  },
  "jobs.subscription": {
    subject: null,
    purpose: "operation",
    retention: "short_lived",
    technical: "event name created_on updated_on",
  },
  "jobs.version": {
    subject: null,
    purpose: "operation",
    retention: "short_lived",
    technical: "version cron_on bam_on flow_on reindex_on monitor_backoff_on",
  },
  "jobs.warning": {
    subject: null,
    purpose: "operation",
    retention: "short_lived",
    technical: "id type created_on",
    raw: "message data",
  },
  "platform.context_key": {
    subject: null,
    purpose: "security",
    retention: "kept",
    technical: "key_id created_at",
    secret: "secret",
  },
  "platform.data_key": {
    subject: null,
    purpose: "security",
    retention: "kept",
    technical: "key_no column_name epoch index_use master_key seals_before created_at",
    secret: "wrapped",
  },
  "platform.idempotency": {
    subject: null,
    purpose: "operation",
    retention: "short_lived",
    technical: "endpoint key request_hash status created_at",
    raw: "answer",
    staff: "user_id",
  },
  "platform.inbox": {
    subject: null,
    purpose: "operation",
    retention: "short_lived",
    technical: "consumer event_id handled_at",
  },
  "platform.migration": {
    subject: null,
    purpose: "operation",
    retention: "short_lived",
    technical: "name sha256 applied_at",
  },
  "platform.outbox": {
    subject: null,
    purpose: "operation",
    retention: "short_lived",
    technical: "event_id topic key created_at created_xid relayed_at attempts next_try_at failed_at failed_consumer",
    raw: "payload",
  },
  "platform.repeatable": {
    subject: null,
    purpose: "operation",
    retention: "short_lived",
    technical: "name sha256 applied_at",
  },
  "platform.setting": {
    subject: null,
    purpose: "administration",
    retention: "kept",
    none: "name value changed_at",
  },
} as const satisfies DataMap;
