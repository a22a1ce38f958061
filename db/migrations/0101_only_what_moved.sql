-- A refresh of profit passes over whose months and values stand as they are.

-- A hash of everything values are reckoned from besides bookings and delivered balances (profit/basis-store.ts). Whoever changes a formula empties it.
alter table intelligence.customer_value add basis bigint;
-- The first day on which bookings or balances changed; null: none did.
alter table intelligence.refresh_customer add booked_since date;
