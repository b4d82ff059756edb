import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../steps/root.ts";

interface Link {
  readonly text: string;
  readonly link: string;
}

interface Section {
  readonly text: string;
  readonly collapsed?: boolean;
  readonly items: readonly Link[];
}

/** What stands at the top and at the side of each page. */
export function contentsOf(
  pages: ReadonlyMap<string, string>,
  apis: readonly Link[],
): { readonly nav: readonly Link[]; readonly sidebar: readonly Section[] } {
  const links = [...pages].map(([source, page]) => ({ text: titleOf(source), link: `/${page}` }));
  const under = (folder: string) => links.filter(({ link }) => link.startsWith(folder));
  return {
    nav: [
      { text: "Guide", link: "/guide/index.md" },
      { text: "API", link: apis[0]?.link ?? "/" },
      { text: "Benchmarks", link: "/benchmarks/index.md" },
    ],
    sidebar: [
      { text: "Guide", items: inOrderOfGuide(under("/guide/")) },
      { text: "Documents", items: under("/docs/") },
      { text: "Packages", collapsed: true, items: under("/packages/") },
      { text: "API reference", collapsed: true, items: apis },
      { text: "Measured", items: under("/benchmarks/") },
    ],
  };
}

/** As the guide's own first page lists them. */
function inOrderOfGuide(links: readonly Link[]): readonly Link[] {
  const first = readFileSync(join(root, "docs/guide/README.md"), "utf8");
  const place = ({ link }: Link) => first.indexOf(`(${link.replace("/guide/", "")})`);
  return [...links].sort((a, b) => place(a) - place(b));
}

function titleOf(source: string): string {
  const heading = /^# (.+)$/m.exec(readFileSync(join(root, source), "utf8"))?.[1] ?? source;
  return heading.replaceAll("`", "");
}
