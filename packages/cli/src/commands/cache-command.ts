import { Command } from "commander";
import { parseDuration } from "../input/duration.ts";
import { examples } from "./examples.ts";

const loadExchange = () => import("../cache/car/exchange.ts");
const load = () => import("../cache/cache-actions.ts");

export function cacheCommand(): Command {
  return new Command("cache")
    .description("Look at the answers that are kept, and tidy up.")
    .addHelpText("after", examples("acc cache stats", "acc cache list", "acc cache show bafyrei…"))
    .addCommand(
      withJson("stats", "Hits, misses, time saved; also by provider.").action(async (options) =>
        (await import("../cache/stats.ts")).cacheStats(options),
      ),
    )
    .addCommand(
      withJson("list", "Show what is kept, the newest first.").action(async (options) =>
        (await load()).listCache(options),
      ),
    )
    .addCommand(
      withJson("show", "Show one answer.")
        .argument("<cid>", "its CID, or the start of it")
        .action(async (cid: string, options) => (await load()).showAnswer(cid, options)),
    )
    .addCommand(
      withJson("verify", "Read everything; what is damaged goes.").action(async (options) =>
        (await load()).verifyCache(options),
      ),
    )
    .addCommand(
      withJson("prune", "Remove what is over its time or its room.").action(async (options) =>
        (await load()).pruneCache(options),
      ),
    )
    .addCommand(
      withJson("clear", "Remove everything.").action(async (options) =>
        (await load()).clearCache(options),
      ),
    )
    .addCommand(
      exchange("export", "Write answers to a CAR file.", "the file, of IPLD blocks, to write")
        .option("--from <path>", "those of a folder of recordings, instead of this machine's")
        .option("--force", "replace the file if there is one")
        .action(async (file: string, options) =>
          (await loadExchange()).exportAnswers(file, options),
        ),
    )
    .addCommand(
      exchange("import", "Take answers from a CAR file, verified.", "what export has written")
        .option("--to <path>", "into a folder of recordings, instead of this machine's cache")
        .option("--ttl <duration>", "how long they stay, such as 30d; 1d by default", parseDuration)
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
