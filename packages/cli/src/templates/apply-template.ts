import { resolve } from "node:path";
import type { Command } from "commander";
import type { ChatOptions } from "../chat/parsed-flags.ts";
import { invalidFile } from "../input/parse-json.ts";
import { parseTemplate, type Template } from "./parse-template.ts";
import { readTemplate, templatePath, templatesFolder } from "./templates-folder.ts";

/**
 * Combines the flags of a template with the given ones, which override them. A template names no
 * other template.
 */
export async function withTemplate(
  given: ChatOptions,
  command: Command,
): Promise<{ readonly options: ChatOptions; readonly template: Template }> {
  const name = given.template ?? "";
  const path = templatePath(name);
  const text = await readTemplate(name);
  const template = parseTemplate(text, path);
  const { chatFlags } = await import("../commands/chat-flags.ts");
  const parser = chatFlags()
    .exitOverride()
    .configureOutput({ outputError: () => {} });
  for (const { words, offset } of template.flags) {
    if (notForTemplates.has(words[0] ?? "")) {
      throw invalidFile(text, path, offset, `a template cannot set ${words[0]}`);
    }
    try {
      const { operands, unknown } = parser.parseOptions(fromHere(words));
      const wrong = [...unknown, ...operands][0];
      if (wrong !== undefined) throw new Error(`acc chat has no such flag: ${words.join(" ")}`);
    } catch (error) {
      const said = (error as Error).message.replace(/^error: /, "");
      throw invalidFile(text, path, offset, said);
    }
  }
  const own = Object.entries(given).filter(
    ([option, value]) => value !== undefined && command.getOptionValueSource(option) === "cli",
  );
  const params = [...(parser.opts<ChatOptions>().param ?? []), ...(given.param ?? [])];
  const options = { ...parser.opts<ChatOptions>(), ...Object.fromEntries(own) };
  return { options: { ...options, ...(params.length > 0 && { param: params }) }, template };
}

/** The flags whose value is a path: in a template, it is relative to the templates' folder. */
const withPaths: ReadonlySet<string> = new Set([
  "--file",
  "--attach",
  "--image",
  "--schema",
  "--tools",
]);

function fromHere([flag = "", ...values]: readonly string[]): string[] {
  if (!withPaths.has(flag)) return [flag, ...values];
  const isElsewhere = (path: string) => path === "-" || /^(https?:\/\/|mcp:)/i.test(path);
  return [
    flag,
    ...values.map((path) => (isElsewhere(path) ? path : resolve(templatesFolder(), path))),
  ];
}

/** Flags that belong to the command and not to the request. */
const notForTemplates: ReadonlySet<string> = new Set([
  "--template",
  "--interactive",
  "--json",
  "--stream-json",
  "--verbose",
  "--unlock",
  "--last",
  "--continue",
  "--yes",
]);
