import { ENTERPRISE_SCHEMA, type Operation, PATCH_VALUES_MAX, type UserIn } from "./contract.ts";
import { scimError } from "./dialect.ts";
import { attributeOf } from "./filter.ts";

/** What the directory keeps of a person here. */
export interface PersonDraft {
  readonly userName: string;
  readonly externalId: string | null;
  readonly displayName: string;
  readonly email: string | null;
  readonly active: boolean;
  /** Code of the unit the person works at. */
  readonly department: string;
}

const TEXT_MAX = 255;

function text(value: unknown): string {
  if (typeof value !== "string" || value.length > TEXT_MAX || value.includes("\0") || !value.isWellFormed())
    throw scimError("invalid_input", "invalidValue", "A text of at most 255 characters was expected.");
  return value.trim();
}

/** Directories send booleans also as the texts True and False. */
function flag(value: unknown): boolean {
  if (typeof value === "boolean") return value;
  if (typeof value === "string" && /^(true|false)$/i.test(value)) return value.toLowerCase() === "true";
  throw scimError("invalid_input", "invalidValue", "true or false was expected.");
}

function emailOf(value: unknown): string | null {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  const found = list.map((one) => (typeof one === "object" && one !== null && "value" in one ? one.value : one));
  const primary = list.findIndex((one) => typeof one === "object" && one !== null && "primary" in one && one.primary === true);
  const chosen = found[Math.max(0, primary)];
  if (chosen === null || chosen === undefined || chosen === "") return null;
  const email = text(chosen);
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw scimError("invalid_input", "invalidValue", "This is no e-mail address.");
  return email;
}

/** The whole of a person as it was sent; what is left out is emptied, and active where it is not said. */
export function draftOf(sent: UserIn, fallback: { department: string }): PersonDraft {
  const { name } = sent;
  const joined = [name?.givenName, name?.familyName].filter(Boolean).join(" ");
  return {
    userName: text(sent.userName).toLowerCase(),
    externalId: sent.externalId ?? null,
    displayName: text(sent.displayName || name?.formatted || joined || sent.userName).slice(0, 120),
    email: emailOf(sent.emails ?? null),
    active: sent.active ?? true,
    department: text(sent[ENTERPRISE_SCHEMA]?.department || fallback.department),
  };
}

/** PATCH of a person (RFC 7644, 3.5.2). Attributes that are not kept here are passed over. Fails with invalid_input in SCIM's words. */
export function patchPerson(before: PersonDraft, operations: readonly Operation[]): PersonDraft {
  let draft = before;
  for (const { op, path, value } of operations) {
    const removes = verbOf(op) === "remove";
    if (path !== null && path !== undefined) draft = withAttribute(draft, attributeOf(path), removes ? null : value);
    else if (typeof value === "object" && value !== null && !removes)
      for (const [name, item] of Object.entries(value)) draft = withAttribute(draft, attributeOf(name), item);
    else throw scimError("invalid_input", "noTarget", "An operation without a path carries an object.");
  }
  return draft;
}

export function verbOf(op: string): "add" | "replace" | "remove" {
  const verb = op.toLowerCase();
  if (verb === "add" || verb === "replace" || verb === "remove") return verb;
  throw scimError("invalid_input", "invalidSyntax", "Operations are add, replace and remove.");
}

function withAttribute(draft: PersonDraft, attribute: string, value: unknown): PersonDraft {
  switch (attribute) {
    case "username":
      return { ...draft, userName: text(value).toLowerCase() };
    case "externalid":
      return { ...draft, externalId: value === null ? null : text(value) };
    case "displayname":
    case "name.formatted":
      return value === null ? draft : { ...draft, displayName: text(value).slice(0, 120) || draft.displayName };
    case "name":
      return typeof value === "object" && value !== null && "formatted" in value
        ? withAttribute(draft, "displayname", value.formatted)
        : draft;
    case "emails":
    case "emails.value":
      return { ...draft, email: emailOf(value) };
    case "active":
      return { ...draft, active: flag(value) };
    case "department":
      return value === null ? draft : { ...draft, department: text(value) };
    case ENTERPRISE_SCHEMA.toLowerCase():
      return typeof value === "object" && value !== null && "department" in value
        ? withAttribute(draft, "department", value.department)
        : draft;
    default:
      return draft;
  }
}

export interface GroupDraft {
  readonly name: string;
  readonly externalId: string | null;
  readonly add: ReadonlySet<string>;
  readonly remove: ReadonlySet<string>;
  /** Everybody who was in it leaves first. */
  readonly replacesMembers: boolean;
}

/** PATCH of a group. Members are added, removed or replaced by id; the last word on a member counts. */
export function patchGroup(before: { name: string; externalId: string | null }, operations: readonly Operation[]): GroupDraft {
  const draft = { ...before, add: new Set<string>(), remove: new Set<string>(), replacesMembers: false };
  const put = (attribute: string, value: unknown, verb: "add" | "replace" | "remove", path = "") => {
    if (attribute === "displayname") draft.name = text(value);
    else if (attribute === "externalid") draft.externalId = value === null || value === undefined ? null : text(value);
    else if (attribute === "members" || attribute === "members.value") putMembers(draft, verb, memberIds(path, value));
  };
  for (const { op, path, value } of operations) {
    const verb = verbOf(op);
    if (path !== null && path !== undefined) put(attributeOf(path), value, verb, path);
    else if (typeof value === "object" && value !== null)
      for (const [name, item] of Object.entries(value)) put(attributeOf(name), item, verb);
    else throw scimError("invalid_input", "noTarget", "An operation without a path carries an object.");
  }
  return draft;
}

function putMembers(
  draft: { add: Set<string>; remove: Set<string>; replacesMembers: boolean },
  verb: "add" | "replace" | "remove",
  ids: readonly string[] | null,
): void {
  if (verb === "replace" || (verb === "remove" && ids === null)) {
    draft.replacesMembers = true;
    draft.add.clear();
  }
  const [into, from] = verb === "remove" ? [draft.remove, draft.add] : [draft.add, draft.remove];
  for (const id of ids ?? []) {
    from.delete(id);
    into.add(id);
  }
}

/** `members[value eq "…"]`, or a list of objects with a value; null when nobody is named. */
function memberIds(path: string, value: unknown): string[] | null {
  const inPath = /\[\s*value\s+eq\s+"([^"]+)"\s*\]/i.exec(path)?.[1];
  if (inPath === undefined && (value === undefined || value === null)) return null;
  const list: unknown[] = inPath === undefined ? (Array.isArray(value) ? value : [value]) : [inPath];
  if (list.length > PATCH_VALUES_MAX)
    throw scimError("invalid_input", "invalidValue", `At most ${PATCH_VALUES_MAX} members in one operation.`);
  return list.map((one) => {
    const id = typeof one === "object" && one !== null && "value" in one ? one.value : one;
    if (typeof id !== "string" || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id))
      throw scimError("invalid_input", "invalidValue", "Members are named by their id.");
    return id.toLowerCase();
  });
}
