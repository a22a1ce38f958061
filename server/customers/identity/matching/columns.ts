/** What two records are compared by, in the order of a comparison's levels. A level is named by what agrees; the best comes first, 0 stands for missing. */
export const columns = [
  {
    name: "given",
    levels: ["exact", "close", "sound", "initial", "far", "different"],
    m: [0.8, 0.06, 0.03, 0.02, 0.04, 0.05],
    u: [0.01, 0.004, 0.004, 0.02, 0.04, 0.922],
  },
  {
    name: "family",
    levels: ["exact", "close", "sound", "initial", "far", "different"],
    m: [0.82, 0.06, 0.03, 0.01, 0.03, 0.05],
    u: [0.004, 0.002, 0.003, 0.003, 0.03, 0.958],
  },
  {
    name: "organisation",
    levels: ["exact", "nearly", "mostly", "partly", "different"],
    m: [0.6, 0.18, 0.1, 0.07, 0.05],
    u: [0.0001, 0.0003, 0.002, 0.02, 0.9776],
  },
  { name: "legal form", levels: ["same", "different"], m: [0.9, 0.1], u: [0.4, 0.6] },
  {
    name: "birth",
    levels: ["exact", "slip", "two parts", "year", "different"],
    m: [0.87, 0.06, 0.03, 0.01, 0.03],
    u: [0.00006, 0.002, 0.005, 0.018, 0.97494],
  },
  { name: "sex", levels: ["same", "different"], m: [0.98, 0.02], u: [0.5, 0.5] },
  {
    name: "address",
    levels: ["same", "close", "street", "number", "different"],
    m: [0.6, 0.1, 0.08, 0.02, 0.2],
    u: [0.0002, 0.0005, 0.01, 0.01, 0.9793],
  },
  {
    name: "place",
    levels: ["postcode and city", "postcode", "city", "city, other postcode", "close", "different"],
    m: [0.5, 0.2, 0.1, 0.05, 0.07, 0.08],
    u: [0.002, 0.002, 0.02, 0.05, 0.02, 0.906],
  },
  { name: "phone", levels: ["exact", "close", "different"], m: [0.75, 0.03, 0.22], u: [0.00001, 0.00001, 0.99998] },
  {
    name: "email",
    levels: ["exact", "local part", "close", "different"],
    m: [0.7, 0.07, 0.04, 0.19],
    u: [0.00001, 0.00005, 0.002, 0.99794],
  },
  { name: "identifier", levels: ["exact", "close", "different"], m: [0.94, 0.03, 0.03], u: [0.000001, 0.00001, 0.999989] },
  { name: "nationality", levels: ["same", "different"], m: [0.95, 0.05], u: [0.5, 0.5] },
] as const;

export const COLUMNS = columns.length;

export type ColumnName = (typeof columns)[number]["name"];

/** The place of a column among `columns`. */
export const at = Object.fromEntries(columns.map(({ name }, place) => [name, place])) as Record<ColumnName, number>;

/** Of what the frequency counts: agreeing on a rare value says more than on a common one. */
export const termKinds = ["given", "family", "organisation", "birth", "postcode", "city", "phone", "email", "identifier"] as const;
export type TermKind = (typeof termKinds)[number];
