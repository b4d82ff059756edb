import { setTimeout } from "node:timers/promises";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumPath, openPage, seriousFindings, startChromium } from "./chromium.ts";
import { aCall, keysInMemory, type PageServer, startPage } from "./page-server.ts";
import { sampleDay, sampleMachine } from "./sample-calls.ts";

const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };

async function samplePage(): Promise<PageServer> {
  const models = { fast: "groq/openai/gpt-oss-120b", "claude-*": "claude/claude-sonnet-5-5" };
  const keys = keysInMemory();
  const started = await startPage({ keys, models, status: async () => sampleMachine });
  for (const call of sampleDay(Date.now())) started.page.record(call);
  return started;
}

describe.skipIf(chromiumPath === undefined)("the page in Chromium", { timeout: 60_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startChromium();
  });
  afterAll(() => browser.close());

  it("shows a call that comes, in the list and in the plot", async () => {
    await using server = await startPage();
    const { page, complaints } = await openPage(browser, server.page.link(server.origin));
    await page.getByText("No call has come yet.").waitFor();
    server.page.record(aCall({ asked: "fast", model: "gpt-oss", attempts: 2, fallback: true }));
    const row = page.getByRole("row").filter({ hasText: "groq/gpt-oss" });
    await row.waitFor();
    expect(await row.textContent()).toMatch(/ownerfastgroq.gpt-osssdk, 2 attempts, fallback240 ms/);
    await page.locator("#plot-calls rect.miss").waitFor();
    await page.locator("#plot-money rect.miss").waitFor();
    server.page.record(aCall({ id: "2", status: 429, code: "RATE_LIMITED" }));
    await page.locator("#plot-calls rect.failure").waitFor();
    await page.locator("#failures").filter({ hasText: "RATE_LIMITED 1" }).waitFor();
    await page
      .getByRole("status")
      // Told together, unless the first was told before the second came.
      .getByText(/^(2 new calls|One new call), 1 failed\.$/)
      .waitFor({ state: "attached" });
    server.page.record(aCall({ id: "3", provider: "claude", mode: "cli", warm: true }));
    await page.getByRole("row").filter({ hasText: "cli, warm" }).waitFor();
    expect(complaints).toEqual([]);
  });

  it.each(["before", "after"])(
    "shows a call once that ends %s the state is read which the page waits for",
    async (when) => {
      await using server = await startPage();
      const { page } = await openPage(browser, server.page.link(server.origin));
      await page.getByText("No call has come yet.").waitFor();
      let asked = 0;
      let answered = 0;
      await page.route("**/acc/state", async (route) => {
        asked += 1;
        // The second is asked for once the feed is open, so that its event comes before the answer.
        const isHeld = asked === 2;
        if (isHeld && when === "before") server.page.record(aCall());
        const response = await route.fetch();
        if (isHeld && when === "after") server.page.record(aCall());
        if (isHeld) await setTimeout(300);
        await route.fulfill({ response });
        answered += 1;
      });
      await page.reload();
      await expect.poll(() => answered).toBe(2);
      const row = page.getByRole("row").filter({ hasText: "groq/openai/gpt-oss" });
      await row.first().waitFor();
      server.page.record(aCall({ id: "2", model: "another" }));
      await page.getByRole("row").filter({ hasText: "another" }).waitFor();
      expect(await row.count()).toBe(1);
    },
  );

  it("takes the code out of the address, and opens again without it", async () => {
    await using server = await startPage();
    const { page } = await openPage(browser, server.page.link(server.origin));
    await page.getByText("No call has come yet.").waitFor();
    expect(page.url()).toBe(`${server.origin}/`);
    expect(await page.evaluate("document.cookie")).toBe("");
    await page.reload();
    await page.getByText("No call has come yet.").waitFor();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByText("acc serve link").waitFor();
  });

  it("says how it is opened, to who has no link or a used one", async () => {
    await using server = await startPage();
    const link = server.page.link(server.origin);
    const first = await openPage(browser, link);
    await first.page.getByText("No call has come yet.").waitFor();
    const second = await openPage(browser, link);
    await second.page.getByText("The link was used before").waitFor();
    expect(await seriousFindings(second.page)).toEqual([]);
  });

  it("makes a key by the keyboard, shows it once, and revokes it", async () => {
    await using server = await samplePage();
    const { page, complaints } = await openPage(browser, server.page.link(server.origin));
    await page.getByText("There is no key yet.").waitFor();
    await page.getByText("Make a key").focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.type("ci");
    await page.getByLabel("Calls a minute").fill("60");
    await page.getByLabel("Budget in US dollars").fill("5");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").getByText("acc-token-of-ci").waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await expect.poll(() => page.content()).not.toContain("acc-token-of-ci");
    expect(await page.getByLabel("Calls of ci this minute").getAttribute("value")).toBe("3");
    await page.getByRole("button", { name: "Revoke ci" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Keep it" }).waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByText("There is no key yet.").waitFor();
    expect(complaints).toEqual([]);
  });

  it("shows more calls when it is asked to, and those that hold a word", async () => {
    await using server = await samplePage();
    const { page } = await openPage(browser, server.page.link(server.origin));
    const rows = page.locator("#calls tbody tr");
    await rows.first().waitFor();
    expect(await rows.count()).toBe(20);
    await page.getByRole("button", { name: "Show older calls" }).click();
    await rows.nth(39).waitFor();
    await page.getByLabel("Find").fill("timeout");
    await rows.filter({ hasNotText: "TIMEOUT" }).first().waitFor({ state: "detached" });
    expect(await rows.count()).toBeGreaterThan(10);
  });

  it("is back by itself when the server is", async () => {
    const first = await startPage();
    const { page } = await openPage(browser, first.page.link(first.origin));
    await page.getByText("live", { exact: true }).waitFor();
    const gone = page.getByText("not connected");
    await page.context().setOffline(true);
    await first.page.close();
    await gone.waitFor();
    first.page.record(aCall({ asked: "meanwhile" }));
    await page.context().setOffline(false);
    await page.getByText("meanwhile").waitFor();
    await first[Symbol.asyncDispose]();
  });

  it("shows whatever a name holds as text", async () => {
    const evil = `<img src=x onerror="document.title='owned'"><script>1</script>`;
    await using server = await startPage();
    const { page, complaints } = await openPage(browser, server.page.link(server.origin));
    server.page.record(aCall({ asked: evil, caller: evil, code: evil, status: 500, prompt: evil }));
    await page.getByText(evil).nth(2).waitFor();
    expect(await page.title()).toBe("acc");
    expect(complaints).toEqual([]);
  });

  it.each([
    ["light", { colorScheme: "light", viewport: { width: 1200, height: 860 } }],
    ["dark", { colorScheme: "dark" }],
    ["light on a phone", { colorScheme: "light", ...phone }],
    ["dark on a phone", { colorScheme: "dark", ...phone }],
    ["twice as large", { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }],
  ] as const)("keeps nobody out and fits its screen: %s", async (name, options) => {
    await using server = await samplePage();
    const { page, complaints } = await openPage(browser, server.page.link(server.origin), options);
    await page.getByRole("radio", { name: "Day" }).check();
    await page.locator("#plot-calls rect.hit").first().waitFor();
    // The pictures of the README are made so.
    const { ACC_SCREENSHOTS: folder } = process.env;
    if (folder) await page.screenshot({ path: `${folder}/${name.replaceAll(" ", "-")}.png` });
    await page.getByText("Make a key").click();
    await page.getByText("The same as a table").click();
    expect(await seriousFindings(page)).toEqual([]);
    const tooWide = "document.documentElement.scrollWidth - innerWidth";
    expect(await page.evaluate(tooWide)).toBeLessThanOrEqual(0);
    expect(complaints).toEqual([]);
  });
});
