import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Leads links of a reference to its headings. A name that is a type and a value has one heading, and
 * typedoc numbers its links as if it had two.
 */
export function settleAnchors(folder: string): void {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  for (const file of files.filter((name) => name.endsWith(".md"))) {
    const path = join(folder, file);
    const text = readFileSync(path, "utf8");
    const headings = [...text.matchAll(/^#+ (\w+)/gm)].map(([, name = ""]) => name.toLowerCase());
    const settled = text.replace(/\]\(#(\w+)-(\d+)\)/g, (link, name: string, number: string) => {
      const count = headings.filter((heading) => heading === name).length;
      return count > Number(number) ? link : `](#${name})`;
    });
    writeFileSync(path, settled);
  }
}
