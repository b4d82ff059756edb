import { Command, Option } from "commander";
import { examples } from "./examples.ts";

export function providersCommand(): Command {
  const providers = new Command("providers")
    .description("Show, add, test and remove providers.")
    .addHelpText(
      "after",
      examples(
        "acc providers list",
        "acc providers add ollama --model llama3.2",
        "acc providers add work --base-url https://llm.example.com/v1 --key work_api_key",
        "acc providers test work",
      ),
    );
  for (const command of [listCommand(), addCommand(), removeCommand(), testCommand()]) {
    providers.addCommand(command);
  }
  return providers;
}

function listCommand(): Command {
  return new Command("list")
    .description("Show the providers, and where each comes from.")
    .option("--json", "print it as one JSON document")
    .addHelpText("after", examples("acc providers list", "acc providers list --json"))
    .action(async (options) => (await import("../providers/list.ts")).listProviders(options));
}

function addCommand(): Command {
  return new Command("add")
    .description("Add a provider: a package, a server, or a variant of an existing provider.")
    .argument("<name>", "a package, acc-provider-… or @scope/name; or a name for the provider")
    .option(
      "--compatible <server>",
      "the server's API is like OpenAI's: openai, or the name of a preset",
    )
    .option("--like <provider>", "a variant of this provider, with other settings")
    .option("--base-url <url>", "the server's URL, up to and with its version: https://…/v1")
    .option("--key <secret>", "the name of its key in the secrets store, never the key itself")
    .option("-m, --model <model>", "the default model")
    .option("--header <line>", 'a header for each request, "name: value"; repeatable', collect)
    .addOption(new Option("--billing <who>", "who may be billed").choices(["any", "login", "key"]))
    .option("--set <member=value>", "any other setting, its value as JSON; repeatable", collect)
    .option("--as <name>", "for a package: use this name instead of its own")
    .option("-y, --yes", "for a package: add it without asking")
    .option("--replace", "replace it if it exists")
    .option("--json", "print what was written as one JSON document")
    .addHelpText(
      "after",
      examples(
        "acc providers add ollama --model llama3.2",
        "acc providers add work --base-url https://llm.example.com/v1 --key work_api_key",
        "acc providers add acc-provider-acme",
        "acc providers add mine --like claude --billing login --set 'defaults={\"temperature\":0}'",
      ),
    )
    .action(async (name: string, options) => {
      const { addProvider } = await import("../providers/add.ts");
      await addProvider(name, options);
    });
}

function removeCommand(): Command {
  return new Command("remove")
    .description("Remove a provider that was added.")
    .argument("<name>", "the name of the provider")
    .option("--json", "print what was done as one JSON document")
    .addHelpText("after", examples("acc providers remove work"))
    .action(async (name: string, options) => {
      const { removeProvider } = await import("../providers/remove.ts");
      await removeProvider(name, options);
    });
}

function testCommand(): Command {
  return new Command("test")
    .description("Test a provider's rules with short real calls, and show what they used.")
    .argument("<name>", "the name of the provider")
    .option("-m, --model <model>", "the model (default: the provider's default)")
    .addOption(new Option("--only <mode>", "test only this mode").choices(["cli", "sdk"]))
    .option("--json", "print it as one JSON document")
    .addHelpText("after", examples("acc providers test work", "acc providers test claude --json"))
    .action(async (name: string, options) => {
      const { testNamed } = await import("../providers/test.ts");
      await testNamed(name, options);
    });
}

function collect(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}
