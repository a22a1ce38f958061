import { ENTERPRISE_SCHEMA, GROUP_SCHEMA, LIST_SCHEMA, PAGE_MAX, USER_SCHEMA } from "./contract.ts";

const attribute = (name: string, more: Record<string, unknown> = {}) => ({
  ...{
    name,
    type: "string",
    multiValued: false,
    required: false,
    caseExact: false,
    mutability: "readWrite",
    returned: "default",
    uniqueness: "none",
  },
  ...more,
});

const descriptions = [
  {
    id: USER_SCHEMA,
    name: "User",
    attributes: [
      attribute("userName", { required: true, uniqueness: "server" }),
      attribute("displayName"),
      attribute("name", { type: "complex", subAttributes: [attribute("formatted"), attribute("givenName"), attribute("familyName")] }),
      attribute("emails", {
        type: "complex",
        multiValued: true,
        subAttributes: [attribute("value"), attribute("type"), attribute("primary", { type: "boolean" })],
      }),
      attribute("active", { type: "boolean" }),
      attribute("groups", {
        type: "complex",
        multiValued: true,
        mutability: "readOnly",
        subAttributes: [attribute("value"), attribute("display")],
      }),
    ],
  },
  { id: ENTERPRISE_SCHEMA, name: "EnterpriseUser", attributes: [attribute("department")] },
  {
    id: GROUP_SCHEMA,
    name: "Group",
    attributes: [
      attribute("displayName", { required: true, uniqueness: "server" }),
      attribute("members", {
        type: "complex",
        multiValued: true,
        subAttributes: [attribute("value", { mutability: "immutable" }), attribute("display", { mutability: "readOnly" })],
      }),
    ],
  },
];

const list = (Resources: readonly object[]) => ({
  schemas: [LIST_SCHEMA],
  totalResults: Resources.length,
  startIndex: 1,
  itemsPerPage: Resources.length,
  Resources,
});

export const describeSchemas = () =>
  list(descriptions.map((one) => ({ schemas: ["urn:ietf:params:scim:schemas:core:2.0:Schema"], ...one })));

export const describeResourceTypes = () =>
  list([
    {
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],
      ...{ id: "User", name: "User", endpoint: "/Users", schema: USER_SCHEMA },
      schemaExtensions: [{ schema: ENTERPRISE_SCHEMA, required: false }],
    },
    {
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],
      id: "Group",
      name: "Group",
      endpoint: "/Groups",
      schema: GROUP_SCHEMA,
    },
  ]);

export const describeProvider = () => ({
  schemas: ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
  patch: { supported: true },
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
  filter: { supported: true, maxResults: PAGE_MAX },
  changePassword: { supported: false },
  sort: { supported: false },
  etag: { supported: true },
  authenticationSchemes: [
    { type: "oauthbearertoken", name: "API key", description: "Authorization: Bearer vk_…, a key with the scope scim" },
  ],
});
