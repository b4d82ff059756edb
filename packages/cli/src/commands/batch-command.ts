import { Command, InvalidArgumentError, Option } from "commander";
import { providerNames } from "../providers/built-in.ts";
import { addCallFlags } from "./call-flags.ts";
import { examples } from "./examples.ts";
import { addRequestFlags, collect, whole } from "./request-flags.ts";
import { unlockOption } from "./unlock-option.ts";

export function batchCommand(): Command {
  const command = new Command("batch")
    .description("Ask for every line of a file; killed and started again, it goes on where it was.")
    .argument("[input]", "JSONL, each line a prompt or a request; or CSV with a column prompt")
    .option("-o, --output <path>", "where the answers go, a line each: JSONL or CSV")
    .addOption(
      new Option(
        "-p, --provider <names>",
        `whom to ask, or several in turn with commas: ${providerNames.join(", ")} or another of acc providers list; else the first that can be asked`,
      ).argParser((text) => text.split(",").map((name) => name.trim())),
    )
    .option("-m, --model <model>", "the model of lines that name none")
    .option(
      "-t, --template <name>",
      "make each prompt of a template, filled in with the line's values",
    )
    .option(
      "--param <name=value>",
      "what the template wants of every line; may be repeated",
      collect,
    )
    .option("--failures <path>", "where lines go that fail; else OUTPUT.failed.jsonl")
    .option("--retry-failed", "ask again for the lines that have failed")
    .option(
      "--max-cost <dollars>",
      "stop before the batch has cost more, all its runs together",
      dollars,
    )
    .option("--concurrency <number>", "lines that are open at once", whole(1), 64)
    .option(
      "--vendor-batch",
      "ask by the vendor's own batches: half the price, within a day; a key",
    )
    .option("--poll <seconds>", "how often to look for a vendor's batch at most", whole(1), 60)
    .option("--cancel", "cancel what is at the vendor, and keep what was answered")
    .option("--queue <url>", "have workers ask, by a queue of this Redis: redis://HOST:6379");
  addCallFlags(addRequestFlags(command))
    .option("--json", "print what it came to as one JSON document")
    .addHelpText(
      "after",
      examples(
        "acc batch in.jsonl -o out.jsonl",
        "acc batch people.csv -o letters.csv -t letter -p claude",
        "acc batch in.jsonl -o out.jsonl --max-tokens 500 --max-cost 5",
        "acc batch in.jsonl -o out.jsonl --retry-failed",
        "acc batch in.jsonl -o out.jsonl -p claude --vendor-batch",
      ),
    )
    .action(async (input: string | undefined, options, chosen: Command) => {
      await (await import("../batch/batch.ts")).batch(input, options, chosen);
    });
  return command.addCommand(workerCommand());
}

function workerCommand(): Command {
  return new Command("worker")
    .description(
      "Take lines of batches from a queue and ask for them, with the keys of this machine.",
    )
    .option("--queue <url>", "the Redis of the queue: redis://HOST:6379")
    .option("--concurrency <number>", "lines that are open at once", whole(1), 64)
    .option("--own", "the batches are mine: the logins of this machine may pay for them too")
    .addOption(unlockOption())
    .addHelpText("after", examples("acc batch worker --queue redis://10.0.0.5:6379"))
    .action(async (_, command: Command) => {
      await (await import("../batch/worker.ts")).work(command.optsWithGlobals());
    });
}

function dollars(text: string): number {
  const amount = Number(text.replace(/^\$/, ""));
  if (text.trim() !== "" && amount > 0 && amount < Number.POSITIVE_INFINITY) return amount;
  throw new InvalidArgumentError("It is a number of US dollars: 5, or 0.50.");
}
