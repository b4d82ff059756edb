import { parseSync, Visitor } from "oxc-parser";

/** Lines of a declaration file that say `any`. */
export function anyIn(file: string, code: string): string[] {
  const found: string[] = [];
  new Visitor({
    TSAnyKeyword: ({ start }) => {
      found.push(`${file}:${code.slice(0, start).split("\n").length}`);
    },
  }).visit(parseSync(file, code).program);
  return found;
}
