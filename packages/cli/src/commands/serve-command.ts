import { Command, InvalidArgumentError, Option } from "commander";
import { examples } from "./examples.ts";
import { addAddress, addRedis, allOptions, countFrom } from "./serve-flags.ts";
import { serveKeysCommand } from "./serve-keys-command.ts";
import { unlockOption } from "./unlock-option.ts";

export function serveCommand(): Command {
  const serve = new Command("serve").description(
    "Serve an API like OpenAI's and Anthropic's on this machine, with a web page.",
  );
  addRedis(addAddress(serve))
    .option("--allow-remote", "accept other machines, with keys only")
    .option("--allow-host <name>", "an additional host name to accept; repeatable", collect)
    .option(
      "--allow-origin <url>",
      "a web site whose pages may use the server; repeatable",
      parseOrigin,
    )
    .option("--max-calls <number>", "calls in progress at once (default: 1024)", countFrom(1))
    .option("--keep-prompts", "show prompts on the page; they are kept only in memory")
    .option("--json", "print its address as one line of JSON")
    .addOption(unlockOption())
    .addHelpText(
      "after",
      examples(
        "acc serve",
        "acc serve keys add ci --rpm 60 --budget-usd 5/day",
        'eval "$(acc serve env)"',
        "acc serve --host 0.0.0.0 --allow-remote --redis redis://127.0.0.1:6379",
      ),
    )
    .action(async (options) => (await import("../serve/serve.ts")).serve(options));
  return serve.addCommand(serveKeysCommand()).addCommand(envCommand()).addCommand(linkCommand());
}

function envCommand(): Command {
  return addAddress(new Command("env"))
    .description(
      "Print environment variables that let programs use the server, with the owner's token.",
    )
    .addOption(
      new Option("--shell <name>", "the shell to print for")
        .choices(["sh", "fish", "powershell"])
        .default("sh"),
    )
    .option("--json", "print them as one JSON document")
    .addOption(unlockOption())
    .addHelpText(
      "after",
      examples('eval "$(acc serve env)"', "acc serve env --shell fish | source"),
    )
    .action(async (_, command) => (await import("../serve/env.ts")).printEnv(allOptions(command)));
}

function linkCommand(): Command {
  return addAddress(new Command("link"))
    .description("Print a link that opens the running server's page once.")
    .option("--json", "print it as one JSON document")
    .addOption(unlockOption())
    .addHelpText("after", examples("acc serve link", "acc serve link --port 8080"))
    .action(async (_, command) =>
      (await import("../serve/link.ts")).printLink(allOptions(command)),
    );
}

function collect(word: string, before: readonly string[] = []): readonly string[] {
  return [...before, word];
}

function parseOrigin(text: string, before: readonly string[] = []): readonly string[] {
  if (URL.canParse(text) && new URL(text).origin === text) return [...before, text];
  throw new InvalidArgumentError("Write it as https://app.example, without a path.");
}
