import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "../steps/root.ts";

/** For who works on the repository, and no user. */
const internal = ["releasing.md"];

/** Each document that the site shows, by its path in the repository, and its page. */
export function pagesOfSite(): ReadonlyMap<string, string> {
  const guide = markdownIn("docs/guide").map((name) => [`docs/guide/${name}`, `guide/${name}`]);
  const docs = markdownIn("docs")
    .filter((name) => !internal.includes(name))
    .map((name) => [`docs/${name}`, `docs/${name}`]);
  const packages = readdirSync(join(root, "packages"))
    .map((name) => [`packages/${name}/README.md`, `packages/${name}.md`] as const)
    .filter(([source]) => existsSync(join(root, source)));
  const all = [...guide, ...docs, ...packages].map(
    ([source = "", page = ""]) => [source, page.replace(/README\.md$/, "index.md")] as const,
  );
  return new Map([
    ["README.md", "index.md"],
    ...all,
    ["benchmarks/RESULTS.md", "benchmarks/index.md"],
  ]);
}

function markdownIn(folder: string): readonly string[] {
  return readdirSync(join(root, folder)).filter((name) => name.endsWith(".md"));
}
