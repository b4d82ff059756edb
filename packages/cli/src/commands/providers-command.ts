import { Command, Option } from "commander";
import { examples } from "./examples.ts";

export function providersCommand(): Command {
  const providers = new Command("providers")
    .description("Show, add, try and remove whom you can ask.")
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
    .description("Show whom you can ask, and where each comes from.")
    .option("--json", "print it as one JSON document")
    .addHelpText("after", examples("acc providers list", "acc providers list --json"))
    .action(async (options) => (await import("../providers/list.ts")).listProviders(options));
}

function addCommand(): Command {
  return new Command("add")
    .description("Add a provider: a package, a server, or another one like a provider there is.")
    .argument(
      "<name>",
      "a package, acc-provider-… or @scope/name; or the name by which it is asked",
    )
    .option("--compatible <server>", "it speaks like OpenAI: openai, or the name of a preset")
    .option("--like <provider>", "it is as this provider, with settings of its own")
    .option("--base-url <url>", "where it is, up to and with its version: https://…/v1")
    .option("--key <secret>", "the name of its key in the store, never the key itself")
    .option("-m, --model <model>", "the model that is asked where none is named")
    .option("--header <line>", 'sent along with each request, "name: value"; repeat', collect)
    .addOption(new Option("--billing <who>", "who may pay").choices(["any", "login", "key"]))
    .option("--set <member=value>", "any other member, its value as JSON; repeat", collect)
    .option("--as <name>", "of a package: ask it by this name, and not by its own")
    .option("-y, --yes", "of a package: add it without being asked")
    .option("--replace", "add it anew where it is there already")
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
    .argument("<name>", "the name by which it is asked")
    .option("--json", "print what was done as one JSON document")
    .addHelpText("after", examples("acc providers remove work"))
    .action(async (name: string, options) => {
      const { removeProvider } = await import("../providers/remove.ts");
      await removeProvider(name, options);
    });
}

function testCommand(): Command {
  return new Command("test")
    .description("Check the rules of a provider in real, short calls, and say what they took.")
    .argument("<name>", "the name by which it is asked")
    .option("-m, --model <model>", "the model; else the provider's own default")
    .addOption(new Option("--only <mode>", "this mode alone").choices(["cli", "sdk"]))
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
