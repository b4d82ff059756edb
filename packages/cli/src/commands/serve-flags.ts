import { type Command, InvalidArgumentError } from "commander";

/** Adds the flags of a server's address, for each command that starts or calls one. */
export function addAddress(command: Command): Command {
  return command
    .option("--port <number>", "the port; 0 picks a free one", countFrom(0, 65_535), 4141)
    .option("--host <address>", "the address to listen on", "127.0.0.1");
}

export function addRedis(command: Command): Command {
  return command.option(
    "--redis <url>",
    "share keys, limits and budgets among servers through this Redis; password: ACC_REDIS_PASSWORD",
  );
}

/**
 * Returns the options of a subcommand of `serve` together with those of `serve`. A flag that both
 * have is parsed by `serve`, wherever it stands, because flags of every command may stand at the
 * end.
 */
export function allOptions<T>(command: Command): T {
  return command.optsWithGlobals() as T;
}

/** Returns a parser for whole numbers in a range. */
export function countFrom(
  least: number,
  most: number = Number.MAX_SAFE_INTEGER,
): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= least && number <= most) return number;
    const bound = most === Number.MAX_SAFE_INTEGER ? "" : ` to ${most}`;
    throw new InvalidArgumentError(`It is a whole number from ${least}${bound}.`);
  };
}
