import { describe, expect } from "vitest";
import { type Ask, desktop, phone, seen, story } from "../support/story.ts";

/** Somebody of the branch in whose reach the person is, with a birthday and a phone. */
const someoneOf = async (ask: Ask, branchCode: string) => {
  const [someone] = await ask<{ id: string; name: string; born: string; phone: string }>(
    `select c.customer_id id, c.full_name name, to_char(c.born_on, 'DD/MM/YYYY') born, c.phone from customers.customer c join governance.organisation_unit u on u.unit_id = c.branch_id
     where u.code = $1 and c.kind = 'person' and c.born_on is not null and c.phone is not null order by c.customer_no limit 1`,
    [branchCode],
  );
  if (someone === undefined) throw new Error(`nobody of ${branchCode}`);
  return someone;
};
const namesakes = async (ask: Ask, name: string): Promise<number> =>
  (await ask<{ n: number }>("select count(*)::int n from customers.customer where full_name = $1", [name]))[0]?.n ?? 0;

describe("a relationship manager enters a new customer", () => {
  story("is warned of who is known, says that this is somebody else, and sees the new customer at once", async ({ visit, ask }) => {
    const { page, expected } = await visit(desktop, "rm.london");
    expected.push(/^409 \/api\/customers\/entry$/);
    const [branch] = await ask<{ code: string }>(
      "select u.code from governance.app_user p join governance.organisation_unit u on u.unit_id = p.home_unit_id where p.login = 'rm.london'",
    );
    const known = await someoneOf(ask, branch?.code ?? "");
    const before = await namesakes(ask, known.name);
    await page.goto("/customers");
    await page.getByRole("link", { name: "New customer", exact: true }).click();
    await page.getByLabel("Name", { exact: true }).fill(known.name);
    await page.getByLabel("Born on", { exact: true }).fill(known.born);
    await page.getByLabel("Phone", { exact: true }).fill(known.phone);
    await seen(page.locator(`section[aria-label="Who it may be"] a[href="/customers/${known.id}"]`));
    await page.getByRole("button", { name: "Enter the customer" }).click();
    await seen(page.getByText("Surely known already: 1"));
    expect(await namesakes(ask, known.name)).toBe(before);
    await page.getByRole("button", { name: "This is somebody else: enter" }).click();
    await page.waitForURL(/\/customers\/[0-9a-f-]{36}$/);
    await seen(page.getByRole("heading", { level: 1, name: known.name }));
    expect(await namesakes(ask, known.name)).toBe(before + 1);
  });

  story("on a phone in Arabic: a wrong number stands at its field and everything typed is kept", async ({ visit, ask }) => {
    const { page, expected } = await visit(phone, "rm.dubai");
    expected.push(/^400 \/api\/customers\/entry$/);
    const name = "غيداء الزبيدي الكثيري";
    await page.goto("/identity/known");
    await page.getByLabel("الاسم", { exact: true }).fill(name);
    await page.getByLabel("رقم الهوية أو السجل").fill("٧٨٤١٩٨٨١٢٣٤٥٦٧٨");
    await page.getByLabel("البلد").first().fill("الإمارات");
    await page.getByRole("option").first().click();
    await page.getByRole("button", { name: "إدخال العميل" }).click();
    await seen(page.getByText("رقم التحقق غير صحيح."));
    expect(await page.getByLabel("الاسم", { exact: true }).inputValue()).toBe(name);
    expect(await namesakes(ask, name)).toBe(0);
    await page.getByLabel("رقم الهوية أو السجل").fill("");
    await page.getByRole("button", { name: "إدخال العميل" }).click();
    await page.waitForURL(/\/customers\/[0-9a-f-]{36}$/);
    expect(await namesakes(ask, name)).toBe(1);
  });
});
