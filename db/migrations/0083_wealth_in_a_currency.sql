-- Wealth is asked for in a currency: whoever has it is found by this, instead of by walking another order of the whole bank until a page is full.
create index customer_of_currency_by_assets on customers.customer (currency, assets_minor, customer_id);
