import { type Command, Option } from "commander";
import { parseDuration } from "../input/duration.ts";
import { whole } from "./request-flags.ts";
import { unlockOption } from "./unlock-option.ts";

const modes = ["cli", "sdk"];

/** How the call is made. */
export function addCallFlags(command: Command): Command {
  return command
    .addOption(new Option("--only <mode>", "the one mode that may be used").choices(modes))
    .addOption(new Option("--mode <mode>").choices(modes).hideHelp())
    .addOption(new Option("--prefer <mode>", "the mode that is tried first").choices(modes))
    .addOption(
      new Option("--billing <who>", "who may pay: the key alone, or the CLI's login alone").choices(
        ["any", "key", "login"],
      ),
    )
    .option("--cache", "with -i: read and fill the cache")
    .option("--no-cache", "neither read nor fill the cache")
    .option("--refresh", "ask anew, and keep the new answer")
    .option("--timeout <time>", "for the whole call: 30s, 2m", parseDuration)
    .option("--retry <number>", "how often a passing fault is tried again", whole(0))
    .option("--no-wait", "fail at once where a limit would have to be waited for")
    .option(
      "--lenient <features>",
      "send the request without these where a mode lacks them, or all",
    )
    .addOption(
      new Option("--prompt-cache <time>", "have the vendor keep the prompt's beginning").choices([
        "5m",
        "1h",
      ]),
    )
    .addOption(unlockOption());
}
