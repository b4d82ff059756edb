import { readFileSync } from "node:fs";
import { defineConfig } from "vitepress";

interface Contents {
  readonly nav: { text: string; link: string }[];
  readonly sidebar: {
    text: string;
    collapsed?: boolean;
    items: { text: string; link: string }[];
  }[];
}

const contents: Contents = JSON.parse(
  readFileSync(new URL("../pages/contents.json", import.meta.url), "utf8"),
);

const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7" fill="#3451b2"/></svg>';

/** The pages are gathered by scripts/site.ts; a link to none of them fails the build. */
export default defineConfig({
  title: "@acc",
  description: "One call to a language model, by its CLI or its SDK, whichever is there.",
  lang: "en",
  srcDir: "pages",
  outDir: "dist",
  cacheDir: "dist/.cache",
  cleanUrls: false,
  lastUpdated: false,
  ignoreDeadLinks: "localhostLinks",
  // A `<name>` of a text is no tag.
  markdown: {
    html: false,
    anchor: { slugify: asOnGitHub },
    theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" },
  },
  head: [
    ["link", { rel: "icon", href: `data:image/svg+xml,${encodeURIComponent(icon)}` }],
    // The theme's own grey is too faint to be read by all.
    ["style", {}, ":root { --vp-code-lang-color: var(--vp-c-text-1); }"],
  ],
  // Where the repository's pages are served.
  base: process.env.SITE_BASE ?? "/",
  themeConfig: {
    nav: contents.nav,
    sidebar: contents.sidebar,
    outline: [2, 3],
    search: { provider: "local" },
    socialLinks: [{ icon: "github", link: "https://github.com/acc-dev/acc" }],
  },
});

/** The anchor that GitHub gives to a heading: the documents link to these, and are read there too. */
function asOnGitHub(heading: string): string {
  const known = heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "");
  return known.replaceAll(" ", "-");
}
