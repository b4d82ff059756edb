import { Command } from "commander";
import { parseDuration } from "../input/duration.ts";
import { examples } from "./examples.ts";
import { whole } from "./request-flags.ts";
import { unlockOption } from "./unlock-option.ts";

export function logCommand(): Command {
  return new Command("log")
    .description("Show and search the conversations of acc chat; texts are stored encrypted.")
    .addHelpText(
      "after",
      examples("acc log", "acc log show", "acc log search decorator", 'acc chat -c "And then?"'),
    )
    .addCommand(listCommand(), { isDefault: true })
    .addCommand(showCommand())
    .addCommand(searchCommand())
    .addCommand(exportCommand())
    .addCommand(deleteCommand())
    .addCommand(initCommand());
}

function listCommand(): Command {
  return new Command("list")
    .description("Show the conversations, newest first.")
    .option("-n, --number <number>", "how many", whole(1), 20)
    .option("--json", "print it as one JSON document")
    .addOption(unlockOption())
    .addHelpText("after", examples("acc log list", "acc log list -n 100 --json"))
    .action(async (options) => (await import("../log/list-log.ts")).listLog(options));
}

function showCommand(): Command {
  return new Command("show")
    .description("Show a conversation.")
    .argument("[id]", "its id, or the start of it (default: the last)")
    .option("--json", "print it as one JSON document")
    .addOption(unlockOption())
    .addHelpText("after", examples("acc log show", "acc log show x7k2m9qa --json"))
    .action(async (id: string | undefined, options) =>
      (await import("../log/show-log.ts")).showLog(id, options),
    );
}

function searchCommand(): Command {
  return new Command("search")
    .description("Find turns that contain all of the words.")
    .argument("<words...>", "in any order, in upper or lower case")
    .option("-n, --number <number>", "how many", whole(1), 20)
    .option("--json", "print it as one JSON document")
    .addOption(unlockOption())
    .addHelpText("after", examples("acc log search decorator", "acc log search faust author"))
    .action(async (words: string[], options) =>
      (await import("../log/search-log.ts")).searchLog(words, options),
    );
}

function exportCommand(): Command {
  return new Command("export")
    .description("Print conversations as Markdown or JSON; all of them without ids.")
    .argument("[ids...]", "their ids, or the starts of them")
    .option("--json", "print it as one JSON document")
    .addOption(unlockOption())
    .addHelpText(
      "after",
      examples("acc log export > all.md", "acc log export x7k2m9qa --json > one.json"),
    )
    .action(async (ids: string[], options) =>
      (await import("../log/export-log.ts")).exportLog(ids, options),
    );
}

function deleteCommand(): Command {
  return new Command("delete")
    .description("Delete conversations permanently.")
    .argument("[ids...]", "their ids, or the starts of them")
    .option("--older-than <time>", "delete those whose last turn is older: 30d, 12h", parseDuration)
    .option("--all", "all of them")
    .option("-y, --yes", "do not ask")
    .option("--json", "print it as one JSON document")
    .addHelpText(
      "after",
      examples("acc log delete x7k2m9qa", "acc log delete --older-than 30d --yes"),
    )
    .action(async (ids: string[], options) =>
      (await import("../log/delete-log.ts")).deleteLog(ids, options),
    );
}

function initCommand(): Command {
  return new Command("init")
    .description("Create the key that encrypts texts, if there is no secrets store yet.")
    .addOption(unlockOption())
    .addHelpText("after", examples("acc log init", "acc log init --unlock passphrase"))
    .action(async (options) => (await import("../log/init-log.ts")).initLog(options));
}
