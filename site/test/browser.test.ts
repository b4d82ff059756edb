import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type Browser,
  chromiumPath,
  openPage as openAnyPage,
  seriousFindings,
  startChromium,
} from "../../packages/server/test/page/chromium.ts";
import { serveSite } from "./served-site.ts";

/** What VitePress's own search button and sidebar are found for; its authors alone can change them. */
const ofTheme =
  /^(label-content-name-mismatch: <button[^>]*DocSearch|nested-interactive: <div class="item")/;

/** A page that answers keys and clicks: Vue has taken over what was built, which `load` does not wait for. */
const openPage: typeof openAnyPage = async (...args) => {
  const opened = await openAnyPage(...args);
  await opened.page.waitForFunction("'__vue_app__' in document.querySelector('#app')");
  return opened;
};

describe.skipIf(chromiumPath === undefined)("the site in Chromium", () => {
  let browser: Browser;
  let site: Awaited<ReturnType<typeof serveSite>>;
  beforeAll(async () => {
    [browser, site] = await Promise.all([startChromium(), serveSite()]);
  });
  afterAll(async () => {
    await browser?.close();
    site?.close();
  });

  test.each([
    ["index.html", "acc"],
    ["guide/first-call.html", "First call"],
    ["docs/errors.html", "Errors"],
    ["api/claude/contents.html", "@acc/claude"],
    ["benchmarks/index.html", ""],
  ])("%s opens without a complaint", async (path, heading) => {
    const { page, complaints } = await openPage(browser, `${site.url}${path}`);
    expect(await page.locator("h1").first().textContent()).toContain(heading);
    expect(complaints).toEqual([]);
  });

  test("the plots of the benchmarks are drawn", async () => {
    const { page } = await openPage(browser, `${site.url}benchmarks/index.html`);
    const images = page.locator(".vp-doc img");
    expect(await images.count()).toBeGreaterThan(0);
    for (const image of await images.all()) {
      await image.scrollIntoViewIfNeeded();
      await expect
        .poll(() => image.evaluate((it) => (it as { naturalWidth: number }).naturalWidth))
        .toBeGreaterThan(0);
    }
  });

  test("a search finds a page and opens it", async () => {
    const { page } = await openPage(browser, `${site.url}guide/index.html`);
    await page.keyboard.press("Control+k");
    await page.locator("#localsearch-input").fill("cooldown");
    await page.locator(".VPLocalSearchBox .result").first().waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\.html/);
    await expect.poll(() => page.locator(".vp-doc").textContent()).toMatch(/cooldown/i);
  });

  test.each(["light", "dark"] as const)(
    "in %s nothing serious keeps a reader out",
    async (colorScheme) => {
      const { page } = await openPage(browser, `${site.url}guide/errors.html`, { colorScheme });
      expect((await page.locator("html").getAttribute("class")) ?? "").toEqual(
        colorScheme === "dark"
          ? expect.stringContaining("dark")
          : expect.not.stringContaining("dark"),
      );
      expect((await seriousFindings(page)).filter((finding) => !ofTheme.test(finding))).toEqual([]);
    },
  );

  test("on a phone nothing hangs over, and the menu opens", async () => {
    const viewport = { width: 390, height: 800 };
    const { page } = await openPage(browser, `${site.url}guide/first-call.html`, { viewport });
    const width = await page.evaluate("document.documentElement.scrollWidth");
    expect(width).toBeLessThanOrEqual(390);
    await page.locator(".VPLocalNav .menu").click();
    await page.locator(".VPSidebar.open").waitFor();
  });
});
