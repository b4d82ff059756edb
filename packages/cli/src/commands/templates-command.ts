import { Command } from "commander";
import { examples } from "./examples.ts";

const load = () => import("../templates/tend-templates.ts");

export function templatesCommand(): Command {
  const list = new Command("list")
    .description("Show the templates, their placeholders, and how each begins.")
    .option("--json", "print it as one JSON document")
    .addHelpText("after", examples("acc templates list", "acc templates list --json"))
    .action(async (options) => (await load()).listTemplates(options));
  const show = new Command("show")
    .description("Print a template.")
    .argument("<name>", "the template's name")
    .addHelpText("after", examples("acc templates show review"))
    .action(async (name: string) => (await load()).showTemplate(name));
  const add = new Command("add")
    .description("Save a template from a file or stdin; an existing one is not replaced.")
    .argument("<name>", "a name for it")
    .argument("[file]", "its file (default: stdin)")
    .addHelpText(
      "after",
      examples(
        "acc templates add review review.md",
        "echo 'Review this diff: {{diff}}' | acc templates add review",
      ),
    )
    .action(async (name: string, file?: string) => (await load()).addTemplate(name, file));
  return new Command("templates")
    .description("Manage saved prompts with placeholders, and the flags that go with them.")
    .addHelpText(
      "after",
      examples(
        "acc templates",
        "acc templates add review review.md",
        "git diff | acc chat -t review -p diff=@-",
      ),
    )
    .addCommand(list, { isDefault: true })
    .addCommand(show)
    .addCommand(add);
}
