import { posix } from "node:path";

const repository = "https://github.com/acc-dev/acc/blob/main";

/** Folders whose files the site serves as they are. */
const served = ["docs/images/", "benchmarks/plots/"];

/**
 * A document as a page: a link to another page leads there, one to a package's exports to its API
 * reference, one to a picture to its copy, and one to anything else of the repository to the repository.
 */
export function onSite(
  markdown: string,
  source: string,
  pages: ReadonlyMap<string, string>,
): string {
  return outsideCode(markdown, (text) =>
    text.replace(/(\]\()([^)\s]+)(\))/g, (_, open: string, link: string, close: string) => {
      return `${open}${linkOnSite(link, source, pages)}${close}`;
    }),
  );
}

function linkOnSite(link: string, source: string, pages: ReadonlyMap<string, string>): string {
  if (/^([a-z]+:|#)/i.test(link)) return link;
  const [path = "", hash] = link.split("#");
  const target = posix.join(posix.dirname(source), path).replace(/\/$/, "");
  const page = pages.get(target) ?? pages.get(`${target}/README.md`);
  const anchor = hash === undefined ? "" : `#${hash}`;
  if (page !== undefined) return `/${page}${anchor}`;
  const [, api] = /^packages\/([^/]+)\/src\/index\.ts$/.exec(target) ?? [];
  if (api !== undefined) return `/api/${api}/contents.md`;
  if (served.some((folder) => target.startsWith(folder))) return `/${target}`;
  return `${repository}/${target}${anchor}`;
}

/** Fenced blocks stay as they are. */
function outsideCode(markdown: string, change: (text: string) => string): string {
  const blocks = markdown.split(/(^```[\s\S]*?^```\s*$)/m);
  return blocks.map((text, index) => (index % 2 === 1 ? text : change(text))).join("");
}
