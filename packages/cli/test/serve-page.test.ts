import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type MockServer, startMockServer } from "../../../scripts/mock-server.ts";
import {
  type Browser,
  chromiumPath,
  openPage,
  type Page,
  seriousFindings,
  startChromium,
} from "../../server/test/page/chromium.ts";
import { testKey } from "./acc.ts";
import { homeAnew } from "./home-anew.ts";
import { startServe } from "./serve-process.ts";

const screens = {
  "a desk": {},
  "a phone": { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true },
} as const;

describe.skipIf(chromiumPath === undefined)("the page of acc serve", { timeout: 90_000 }, () => {
  let browser: Browser;
  let vendor: MockServer;
  const home = homeAnew();
  beforeAll(async () => {
    [browser, vendor] = await Promise.all([startChromium(), startMockServer()]);
  });
  afterAll(() => Promise.all([browser.close(), vendor.close()]));

  const ask = (url: string, token: string) =>
    fetch(`${url}/v1/messages`, {
      method: "POST",
      headers: { "x-api-key": token, "content-type": "application/json" },
      body: JSON.stringify({
        model: "claude",
        max_tokens: 100,
        messages: [{ role: "user", content: "a question that nobody else sees" }],
      }),
    });

  async function makeKey(page: Page, name: string): Promise<string> {
    await page.getByText("Make a key").click();
    await page.getByLabel("Name", { exact: true }).fill(name);
    await page.getByLabel("Calls a minute").fill("60");
    await page.getByRole("button", { name: "Make the key" }).click();
    const token = (await page.locator(".token").textContent()) ?? "";
    await page.getByRole("button", { name: "Done" }).click();
    return token;
  }

  it.each(Object.entries(screens))(
    "on %s: a key, its call, its use, its end",
    async (_, screen) => {
      const env = {
        ANTHROPIC_API_KEY: testKey,
        ANTHROPIC_BASE_URL: vendor.url,
      };
      const { url, page: link, said } = await startServe(home, { env });
      const { page, complaints } = await openPage(browser, link, screen);
      await page.getByText("There is no key yet.").waitFor();
      const token = await makeKey(page, "editor");
      expect((await ask(url, token)).status).toBe(200);
      expect((await ask(url, token)).status).toBe(200);
      const rows = page.locator("#calls tbody tr");
      await rows.nth(1).waitFor();
      expect(await rows.first().textContent()).toContain("cached");
      expect(await rows.nth(1).textContent()).toMatch(/editor.*claude.*sdk/);
      expect(await page.locator("#plot-calls rect.hit").count()).toBe(1);
      expect(await page.locator("#plot-calls rect.miss").count()).toBe(1);
      await page.locator("small", { hasText: "2 of 60" }).waitFor();
      expect(await page.locator("#machine").textContent()).toContain("env:ANTHROPIC_API_KEY");
      expect(await seriousFindings(page)).toEqual([]);
      expect(await page.content()).not.toContain("nobody else sees");
      await page.getByRole("button", { name: "Revoke editor" }).click();
      await page.getByRole("button", { name: "Revoke", exact: true }).click();
      await page.getByText("There is no key yet.").waitFor();
      expect((await ask(url, token)).status).toBe(401);
      expect(complaints).toEqual([]);
      expect(said()).not.toContain(token);
    },
  );

  it("shows what was asked where the owner wants it", async () => {
    const env = {
      ANTHROPIC_API_KEY: testKey,
      ANTHROPIC_BASE_URL: vendor.url,
    };
    const { url, page: link } = await startServe(home, { env, args: ["--keep-prompts"] });
    const { page } = await openPage(browser, link);
    const { stdout } = await home.acc(["serve", "env", "--json"]);
    expect((await ask(url, JSON.parse(stdout).OPENAI_API_KEY)).status).toBe(200);
    await page.getByText("a question that nobody else sees").waitFor();
  });
});
