export { type AuditConfig, type Config, type EncryptionConfig, type LogLevel, type MailConfig, readConfig } from "./config.ts";
export { Refusal } from "./refusal.ts";
export { describeSettings } from "./settings.ts";
