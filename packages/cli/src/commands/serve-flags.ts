import { type Command, InvalidArgumentError } from "commander";

/** Where a server is, for each command that starts or asks one. */
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
 * The options of a command below `serve`: a flag that both have is `serve`'s, wherever it stands, for
 * flags that hold for every command may stand at the end.
 */
export function allOptions<T>(command: Command): T {
  return command.optsWithGlobals() as T;
}

/** Reads a whole number. */
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
