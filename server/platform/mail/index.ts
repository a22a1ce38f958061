export { type Mail, type Mailer, noMailer, openMailer } from "./mailer.ts";
