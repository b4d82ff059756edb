import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { base, built } from "./served-site.ts";

const pages = readdirSync(built, { recursive: true, encoding: "utf8" }).filter((path) =>
  path.endsWith(".html"),
);
const html = new Map(pages.map((page) => [page, readFileSync(join(built, page), "utf8")]));

test("there are the guide, the packages, their references and the benchmarks", () => {
  expect(pages).toEqual(
    expect.arrayContaining([
      "index.html",
      "guide/first-call.html",
      "packages/claude.html",
      "api/dual-mode/provider.html",
      "benchmarks/index.html",
    ]),
  );
});

test("each link within the site leads to a page, a place on it, or a file", () => {
  const missing = [...html].flatMap(([page, text]) =>
    linksOf(text)
      .filter((link) => !leadsSomewhere(page, link))
      .map((link) => `${page} -> ${link}`),
  );
  expect(missing).toEqual([]);
});

function linksOf(text: string): readonly string[] {
  const links = [...text.matchAll(/<(?:a|img)[^>]*? (?:href|src)="([^"]+)"/g)];
  return links.map(([, link = ""]) => link).filter((link) => !/^[a-z]+:/i.test(link));
}

function leadsSomewhere(page: string, link: string): boolean {
  const { pathname, hash } = new URL(link.replaceAll("&amp;", "&"), `http://site${base}${page}`);
  const path = decodeURIComponent(pathname.slice(base.length));
  const file = path === "" || path.endsWith("/") ? `${path}index.html` : path;
  const text = html.get(file);
  if (text === undefined) return existsSync(join(built, file));
  return hash === "" || text.includes(`id="${decodeURIComponent(hash.slice(1))}"`);
}
