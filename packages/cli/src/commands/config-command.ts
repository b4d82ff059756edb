import { Command } from "commander";
import { examples } from "./examples.ts";

const load = () => import("../config/show-config.ts");

export function configCommand(): Command {
  const explain = new Command("explain")
    .description("Show each setting, its value, and where that comes from.")
    .option("--json", "print it as one JSON document")
    .addHelpText("after", examples("acc config explain", "ACC_PREFER=cli acc config explain"))
    .action(async (options) => (await load()).explainConfig(options));
  const init = new Command("init")
    .description("Write a config file in which every setting is explained.")
    .addHelpText("after", examples("acc config init"))
    .action(async () => (await load()).initConfig());
  const set = new Command("set")
    .description("Write a setting into the config file; what else is there stays.")
    .argument("<setting>", "its name, as acc config explain shows it")
    .argument("<value>", "what it is to be, as in its variable")
    .option("--json", "print it as one JSON document")
    .addHelpText("after", examples("acc config set log metadata", "acc config set logAge 30d"))
    .action(async (name: string, value: string, options) =>
      (await import("../config/set-setting.ts")).setSetting(name, value, options),
    );
  const unset = new Command("unset")
    .description("Take a setting out of the config file.")
    .argument("<setting>", "its name, as acc config explain shows it")
    .addHelpText("after", examples("acc config unset logAge"))
    .action(async (name: string) => (await import("../config/set-setting.ts")).unsetSetting(name));
  return new Command("config")
    .description("Defaults for provider, chain, model, prefer, only, cache and what acc log keeps.")
    .addHelpText("after", examples("acc config init", "acc config explain"))
    .addCommand(explain, { isDefault: true })
    .addCommand(set)
    .addCommand(unset)
    .addCommand(init);
}

export function modelsCommand(): Command {
  return new Command("models")
    .description("Show the default model, and those that your key can use.")
    .option("-p, --provider <name>", "this one alone")
    .option("--json", "print it as one JSON document")
    .addHelpText("after", examples("acc models", "acc models --provider claude --json"))
    .action(async (options) => (await import("../models.ts")).showModels(options));
}
