import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { prose } from "./markdown.ts";

/** Links of a document to files and headings of this repository that are not there. */
export function brokenLinks(file: string, markdown: string): string[] {
  return prose(markdown).flatMap((text, index) =>
    [...text.matchAll(/\]\(([^)\s]+)[^)]*\)/g)]
      .map(([, target = ""]) => target)
      .filter((target) => !/^[a-z]+:/.test(target) && !leads(file, markdown, target))
      .map((target) => `${file}:${index + 1} links to what is not there: ${target}`),
  );
}

function leads(file: string, markdown: string, target: string): boolean {
  const [path = "", anchor] = target.split("#");
  const linked = path === "" ? file : join(dirname(file), path);
  if (!existsSync(linked)) return false;
  if (anchor === undefined) return true;
  return anchors(path === "" ? markdown : readFileSync(linked, "utf8")).includes(anchor);
}

function anchors(markdown: string): string[] {
  return markdown
    .split("\n")
    .filter((text) => /^#+ /.test(text))
    .map((text) =>
      text
        .replace(/^#+ /, "")
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, "")
        .replaceAll(" ", "-"),
    );
}
