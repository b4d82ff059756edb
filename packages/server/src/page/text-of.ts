import { readFileSync } from "node:fs";

/** The text of a file of the page. The build replaces this module by the texts. */
export function textOf(name: string): string {
  return readFileSync(new URL(`browser/${name}`, import.meta.url), "utf8");
}
