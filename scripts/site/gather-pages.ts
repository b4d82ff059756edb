import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "../steps/root.ts";
import { apiReference } from "./api-reference.ts";
import { contentsOf } from "./contents.ts";
import { onSite } from "./on-site.ts";
import { pagesOfSite } from "./pages-of-site.ts";

/** Writes what the site is built of: the documents with the site's links, and the API reference. */
export function gatherPages(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  const pages = pagesOfSite();
  for (const [source, page] of pages) {
    const markdown = onSite(readFileSync(join(root, source), "utf8"), source, pages);
    const target = join(folder, page);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, markdown);
  }
  for (const [from, to] of [
    ["docs/images", "public/docs/images"],
    ["benchmarks/plots", "public/benchmarks/plots"],
  ] as const) {
    cpSync(join(root, from), join(folder, to), { recursive: true });
  }
  const packages = apiReference(join(folder, "api"));
  writeFileSync(
    join(folder, "contents.json"),
    JSON.stringify(contentsOf(pages, packages), null, 2),
  );
}
