import { type Command, Option } from "commander";
import { parseDuration } from "../input/duration.ts";
import { whole } from "./request-flags.ts";
import { unlockOption } from "./unlock-option.ts";

const modes = ["cli", "sdk"];

/** Adds the flags that set how a call is made. */
export function addCallFlags(command: Command): Command {
  return command
    .addOption(new Option("--only <mode>", "use only this mode").choices(modes))
    .addOption(new Option("--mode <mode>").choices(modes).hideHelp())
    .addOption(new Option("--prefer <mode>", "try this mode first").choices(modes))
    .addOption(
      new Option(
        "--billing <who>",
        "who may be billed: only a key, or only the CLI's login",
      ).choices(["any", "key", "login"]),
    )
    .option("--cache", "with -i: read and fill the cache")
    .option("--no-cache", "neither read nor fill the cache")
    .option("--refresh", "ask again, and cache the new answer")
    .option("--timeout <time>", "for the whole call: 30s, 2m", parseDuration)
    .option("--retry <number>", "how often to retry a temporary failure", whole(0))
    .option("--no-wait", "fail at once instead of waiting for a rate limit")
    .option(
      "--lenient <features>",
      "send the request without these features if a mode lacks them; or all",
    )
    .addOption(
      new Option("--prompt-cache <time>", "have the vendor cache the start of the prompt").choices([
        "5m",
        "1h",
      ]),
    )
    .addOption(unlockOption());
}
