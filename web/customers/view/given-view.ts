import type { Holding, View } from "./customer.ts";

const core = { sourceId: 1, code: "core", name: "Core banking" };

/** For tests: an account in euro, open, with 1,000.00 on it. */
export function givenHolding(part: Partial<Holding> = {}): Holding {
  return {
    holdingId: "h1",
    kind: "current_account",
    class: "asset",
    role: "owner",
    number: "ES7620770024003102575766",
    productName: null,
    currency: "EUR",
    status: "open",
    openedOn: "2015-01-01",
    maturesOn: null,
    closedOn: null,
    amountMinor: null,
    rate: null,
    balanceMinor: "100000",
    balanceOn: "2026-03-14",
    attachedTo: null,
    source: core,
    changedAt: "2026-03-14T00:00:00.000Z",
    ...part,
  };
}

/** For tests: a woman born on 1980-08-20 with one account, nothing about whom needs a word. */
export function givenView(part: Partial<Omit<View, "customer">> & { readonly customer?: Partial<View["customer"]> } = {}): View {
  const { customer, ...rest } = part;
  return {
    attributes: [],
    disputes: [],
    contactPoints: [],
    identifiers: [],
    holdings: [givenHolding()],
    records: [],
    totals: [{ currency: "EUR", assetsMinor: "100000", debtsMinor: "0", holdings: 1 }],
    ...rest,
    customer: {
      customerId: "c1",
      customerNo: "C0000001",
      kind: "person",
      fullName: "Ana Ruiz",
      latinName: null,
      language: "es",
      segment: "mass",
      bornOn: "1980-08-20",
      phone: "+34600000001",
      email: null,
      city: "Madrid",
      country: "ES",
      branch: null,
      portfolio: null,
      currency: "EUR",
      assetsMinor: "100000",
      debtsMinor: "0",
      otherCurrencies: false,
      holdingCount: 1,
      customerSince: "2015-01-01",
      lastTransactionOn: "2026-03-10",
      inArrears: false,
      givenName: "Ana",
      familyName: "Ruiz",
      sex: "female",
      nationality: "ES",
      occupation: null,
      industry: null,
      legalForm: null,
      maritalStatus: null,
      deceasedOn: null,
      refreshedAt: "2026-03-14T00:00:00.000Z",
      version: 1,
      ...customer,
    },
  };
}
