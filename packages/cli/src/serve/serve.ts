import { noteInterrupt } from "../interrupt.ts";
import { print, printJsonLine, tell } from "../output/terminal.ts";
import { checkRemote } from "./address.ts";
import { ownerToken } from "./owner-token.ts";
import type { ServeOptions } from "./serve-options.ts";
import { type Running, startServer } from "./start-server.ts";

/** Time for calls in progress to finish once the server is told to stop, in ms. */
const patience = 30_000;

/** Serves until it is told to stop; then calls in progress are finished and new ones refused. */
export async function serve(options: ServeOptions): Promise<void> {
  checkRemote(options.host, options.allowRemote);
  const running = await startServer(options, await ownerToken(options));
  const told = whenTold();
  if (options.json) printJsonLine({ url: running.origin, page: running.link(), pid: process.pid });
  else showAddresses(running);
  await told;
  tell(
    "Finishing the calls in progress; new ones are refused. Press Ctrl-C again to stop at once.",
  );
  await running.close(AbortSignal.timeout(patience));
}

function showAddresses({ origin, link }: Running): void {
  print(
    [
      `acc serves at ${origin}`,
      `  page      ${link()}`,
      "            opens once, within 15 minutes; another one: acc serve link",
      '  programs  eval "$(acc serve env)", or acc run -- COMMAND',
    ].join("\n"),
  );
}

/** Waits for the first signal to stop; the second one ends the process at once. */
async function whenTold(): Promise<void> {
  await new Promise<void>((resolve) => {
    let isTold = false;
    const hear = (code: number, note: () => void) => () => {
      if (isTold) process.exit(code);
      isTold = true;
      note();
      resolve();
    };
    process.on("SIGINT", hear(130, noteInterrupt));
    process.on(
      "SIGTERM",
      hear(143, () => {}),
    );
    process.on(
      "SIGHUP",
      hear(129, () => {}),
    );
  });
}
