import { Failure, UsageError } from "../failure.ts";
import { readStdin, readTextFile } from "../input/read-text.ts";
import { print, printExact, printJson, tell } from "../output/terminal.ts";
import { writeNewFile } from "../output/write-new-file.ts";
import { parseTemplate } from "./parse-template.ts";
import { readTemplate, templateNames, templatePath, templatesFolder } from "./templates-folder.ts";

interface JsonOption {
  readonly json?: boolean;
}

/** Lists the templates, their placeholders, and how each begins. */
export async function listTemplates({ json }: JsonOption): Promise<void> {
  const names = await templateNames();
  const templates = await Promise.all(
    names.map(async (name) => {
      const { places, body } = parseTemplate(await readTemplate(name), templatePath(name));
      return { name, path: templatePath(name), params: places, begins: body.split("\n")[0] ?? "" };
    }),
  );
  if (json) return printJson({ folder: templatesFolder(), templates });
  if (templates.length === 0) {
    tell(`There are no templates in ${templatesFolder()}; acc templates add NAME makes one.`);
    return;
  }
  const { table } = await import("../output/table.ts");
  const rows = templates.map(({ name, params, begins }) => [name, params.join(", "), begins]);
  print(table(["template", "wants", "begins"], rows));
}

export async function showTemplate(name: string): Promise<void> {
  printExact((await readTemplate(name)).replace(/\r?\n$/, ""));
}

/** Saves a template from a file or stdin; an existing one is not replaced. */
export async function addTemplate(name: string, file: string | undefined): Promise<void> {
  const path = templatePath(name);
  if (file === undefined && process.stdin.isTTY) {
    tell("Type the template; Ctrl-D at the beginning of a line ends it.");
  }
  const text = file === undefined || file === "-" ? await readStdin() : await readTextFile(file);
  if (text.trim() === "") throw new UsageError("The template is empty.", "Give one.");
  parseTemplate(text, file ?? "stdin");
  if (!(await writeNewFile(path, text.endsWith("\n") ? text : `${text}\n`))) {
    const what = `There is a template ${name} already.`;
    throw new Failure("TEMPLATE_EXISTS", what, `Edit it, or remove it: ${path}`);
  }
  tell(`The template is ${path}. Use it: acc chat -t ${name}`);
}
