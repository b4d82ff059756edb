import type { People } from "@acc/server";
import { configPath } from "../config/config-folder.ts";
import { UsageError } from "../failure.ts";
import { tell } from "../output/terminal.ts";
import { loadBeside } from "../start/load-beside.ts";
import { storeOf } from "./owner-token.ts";
import type { ServeOptions } from "./serve-options.ts";
import type { OidcSetting, ServeSetting } from "./serve-setting.ts";

/**
 * The people besides the owner who may see the page, as the config file says; undefined if it names
 * nobody.
 */
export async function openPeople(
  { url = "", people }: ServeSetting,
  options: ServeOptions,
): Promise<People | undefined> {
  if (people === undefined) return undefined;
  const { proxy, oidc, roles } = people;
  const { oidcPeople, proxyPeople } =
    loadBeside<typeof import("../people-file.ts")>("./people-file.cjs");
  if (proxy !== undefined) return proxyPeople({ ...proxy, roles });
  const provider = oidc as OidcSetting;
  const clientSecret = await secretOf(provider.clientSecret, options);
  const onError = (error: unknown) => tell(`A sign-in failed: ${wordsOf(error)}`);
  return oidcPeople({ ...provider, clientSecret, url, roles, onError });
}

async function secretOf(name: string, options: ServeOptions): Promise<string> {
  const secret = await (await storeOf(options)).get(name);
  if (secret !== undefined) return secret.reveal();
  throw new UsageError(
    `There is no secret ${name}, which "serve.people.oidc.clientSecret" in ${configPath()} names.`,
    `Keep it: acc secrets set ${name}`,
    "SECRET_NOT_FOUND",
  );
}

/** The message and code of a library's error; its other members may contain a token. */
function wordsOf(error: unknown): string {
  const { message, code } = error as { readonly message?: unknown; readonly code?: unknown };
  const said = typeof message === "string" ? message : "no reason was given";
  return typeof code === "string" ? `${said} (${code})` : said;
}
