import { desktop, seen, story, wordsOf } from "../support/story.ts";

const words = wordsOf("en");

story("a privacy officer writes new words of consent, and somebody else reads both and publishes them", async ({ visit, ask }) => {
  const officer = await visit(desktop, "privacy", "/privacy/purposes");
  await officer.page
    .getByRole("button", { name: /: Surveys$/ })
    .last()
    .click();
  await officer.page.getByRole("button", { name: words("privacy:purposesPage.write") }).click();
  const clearer = "I agree that the bank asks me now and then how it serves me. I may stop this at any time.";
  await officer.page.getByRole("textbox", { name: words("privacy:purposesPage.languages.en") }).fill(clearer);
  await officer.page.getByRole("textbox", { name: words("privacy:retention.why") }).fill("Clearer words");
  await officer.page.getByRole("button", { name: words("privacy:retention.ask") }).click();
  await seen(officer.page.getByText(words("privacy:retention.asked")));

  const { page, expected } = await visit(desktop, "compliance", "/approvals");
  expected.push(/^403 \/api\/approvals\/[^/]+\/decision/); // the server asks for a proof first
  await page
    .getByRole("button", { name: new RegExp(words("approvals:look")) })
    .first()
    .click();
  await seen(page.getByText(clearer));
  await page.getByRole("textbox", { name: words("approvals:decisionNote") }).fill("Read both");
  await page.getByRole("button", { name: words("approvals:approve") }).click();
  const proof = page.getByRole("dialog", { name: words("app:proof.title") });
  await proof.locator("input").first().fill("vinculo-demo");
  await proof.getByRole("button", { name: words("app:proof.go") }).click();
  await seen(page.getByText(words("approvals:outcomes.approved")));
  const [published] = await ask<{ n: number }>(
    "select max(version) as n from customers.consent_text where purpose = 'research' and body = $1",
    [clearer],
  );
  if (published?.n !== 2) throw new Error("the words were not published");
});
