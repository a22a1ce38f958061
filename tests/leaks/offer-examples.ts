import type { GivenCustomer } from "../support/given.ts";

/** Good calls about what to do next, for every-endpoint.test.ts. */
export const offerExamples = {
  readNextAction: ({ customerId }: GivenCustomer) => [{ params: { customerId } }],
  answerAction: ({ customerId }: GivenCustomer) => [
    { params: { customerId }, body: { decisionId: customerId, actionId: "offer_loan", answer: "later", channel: "phone" } },
  ],
  takeAnswerBack: ({ customerId }: GivenCustomer) => [{ params: { customerId, answerId: customerId } }],
  listAttention: () => [{}, { query: { rows: "50" } }],
};
