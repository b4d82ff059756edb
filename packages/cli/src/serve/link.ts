import { Failure } from "../failure.ts";
import { print, printJson } from "../output/terminal.ts";
import type { UnlockOptions } from "../secrets/unlock.ts";
import { originOf } from "./address.ts";
import { ownerToken } from "./owner-token.ts";
import type { AddressOptions } from "./serve-options.ts";

export interface LinkOptions extends AddressOptions, UnlockOptions {
  readonly json?: boolean;
}

/** Asks the running server for a new link, which opens its page once. */
export async function printLink(options: LinkOptions): Promise<void> {
  const origin = originOf(options);
  const token = await ownerToken(options);
  const page = `${origin}${await pathFrom(origin, token)}`;
  if (options.json) printJson({ page });
  else print(page);
}

async function pathFrom(origin: string, token: string): Promise<string> {
  const answer = await fetch(`${origin}/acc/link`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(5_000),
  }).catch((cause) => {
    throw new Failure("NO_SERVER", `No server answers at ${origin}.`, "Run: acc serve", cause);
  });
  const { path, error } = (await answer.json().catch(() => ({}))) as {
    readonly path?: unknown;
    readonly error?: { readonly message?: unknown };
  };
  if (answer.ok && typeof path === "string" && path.startsWith("/#enter=")) return path;
  const said = typeof error?.message === "string" ? error.message : `status ${answer.status}`;
  throw new Failure(
    "LINK_REFUSED",
    `The server at ${origin} gave no link: ${said}`,
    "Ask as the user who runs it, at the --port and --host that it has.",
  );
}
