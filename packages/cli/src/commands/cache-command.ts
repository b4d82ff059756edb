import { Command } from "commander";
import { parseDuration } from "../input/duration.ts";
import { examples } from "./examples.ts";

const loadExchange = () => import("../cache/car/exchange.ts");
const load = () => import("../cache/cache-actions.ts");

export function cacheCommand(): Command {
  return new Command("cache")
    .description("Show and clean up the cached answers.")
    .addHelpText("after", examples("acc cache stats", "acc cache list", "acc cache show bafyrei…"))
    .addCommand(
      withJson("stats", "Show hits, misses and saved time, also by provider.").action(
        async (options) => (await import("../cache/stats.ts")).cacheStats(options),
      ),
    )
    .addCommand(
      withJson("list", "Show the cached answers, newest first.").action(async (options) =>
        (await load()).listCache(options),
      ),
    )
    .addCommand(
      withJson("show", "Show one answer.")
        .argument("<cid>", "its CID, or the start of it")
        .action(async (cid: string, options) => (await load()).showAnswer(cid, options)),
    )
    .addCommand(
      withJson("verify", "Check every answer, and remove damaged ones.").action(async (options) =>
        (await load()).verifyCache(options),
      ),
    )
    .addCommand(
      withJson("prune", "Remove answers that have expired or exceed the size limit.").action(
        async (options) => (await load()).pruneCache(options),
      ),
    )
    .addCommand(
      withJson("clear", "Remove everything.").action(async (options) =>
        (await load()).clearCache(options),
      ),
    )
    .addCommand(
      exchange("export", "Write answers to a CAR file.", "the file to write, of IPLD blocks")
        .option("--from <path>", "export a folder of recordings instead of this machine's cache")
        .option("--force", "replace the file if there is one")
        .action(async (file: string, options) =>
          (await loadExchange()).exportAnswers(file, options),
        ),
    )
    .addCommand(
      exchange(
        "import",
        "Read answers from a CAR file, and verify them.",
        "a file that export has written",
      )
        .option("--to <path>", "import into a folder of recordings instead of this machine's cache")
        .option(
          "--ttl <duration>",
          "how long to keep them, such as 30d (default: 1d)",
          parseDuration,
        )
        .action(async (file: string, options) =>
          (await loadExchange()).importAnswers(file, options),
        ),
    );
}

function exchange(name: string, description: string, what: string): Command {
  return new Command(name)
    .description(description)
    .argument("<file>", what)
    .option("--json", "print it as one JSON document")
    .addHelpText("after", examples(`acc cache ${name} answers.car`));
}

function withJson(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .option("--json", "print it as one JSON document")
    .addHelpText("after", examples(`acc cache ${name}${name === "show" ? " bafyrei…" : ""}`));
}
