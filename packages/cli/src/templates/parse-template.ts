import { invalidFile } from "../input/parse-json.ts";

/** A parsed template. */
export interface Template {
  /**
   * The flags of `acc chat` that it sets, as words of a command line, and the offsets of their
   * lines.
   */
  readonly flags: readonly { readonly words: readonly string[]; readonly offset: number }[];
  /** The prompt, with its placeholders. */
  readonly body: string;
  /** The names of the placeholders, in their order. */
  readonly places: readonly string[];
}

const place = /\{\{\s*([\w-]+)\s*\}\}/g;

/** The placeholder for the words, files and stdin of the command. */
export const inputPlace = "input";

/**
 * Parses a file that may begin with flags of `acc chat` between two lines `---`, each `name:
 * value`. The rest is the prompt, with `{{name}}` for each placeholder.
 */
export function parseTemplate(text: string, path: string): Template {
  const [whole = "", header = ""] = /^---\r?\n([\s\S]*?)^---[ \t]*(?:\r?\n|$)/m.exec(text) ?? [];
  const hasHeader = whole !== "" && text.startsWith(whole);
  const body = (hasHeader ? text.slice(whole.length) : text).trim();
  return {
    flags: hasHeader ? flagsOf(header, text, path) : [],
    body,
    places: [...new Set([...body.matchAll(place)].map(([, name = ""]) => name))],
  };
}

function flagsOf(header: string, text: string, path: string): Template["flags"] {
  let offset = text.indexOf("\n") + 1;
  return header.split("\n").flatMap((line) => {
    const at = offset;
    offset += line.length + 1;
    if (line.trim() === "" || line.startsWith("#")) return [];
    const [, name, value = ""] = /^([a-z][a-z-]*):[ \t]*(.*?)\s*$/.exec(line) ?? [];
    if (name === undefined) {
      throw invalidFile(
        text,
        path,
        at,
        "must be a flag of acc chat and its value: max-tokens: 500",
      );
    }
    const isSwitch = value === "" || value === "true";
    return { words: isSwitch ? [`--${name}`] : [`--${name}`, value], offset: at };
  });
}

/** Fills in the prompt. Placeholders in the values are not replaced. */
export function fill(body: string, values: ReadonlyMap<string, string>): string {
  return body.replaceAll(place, (whole, name: string) => values.get(name) ?? whole);
}
