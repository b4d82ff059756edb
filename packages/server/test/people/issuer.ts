import { createServer } from "node:http";
import Provider from "oidc-provider";
import { onTestFinished, vi } from "vitest";
import { listen } from "./listen.ts";

/** What the issuer says of who signs in, by the name that they sign in with. */
export type Accounts = Record<string, Readonly<Record<string, unknown>>>;

export const clientSecret = "secret-of-a-client-that-is-none";

/** A real issuer, the package oidc-provider, on loopback: whoever names an account is signed in. */
export async function startIssuer(
  server: string,
  accounts: Accounts,
  claims: Readonly<Record<string, readonly string[]>> = {},
): Promise<string> {
  for (const kind of ["warn", "info", "log"] as const) vi.spyOn(console, kind).mockReturnValue();
  let handle: ReturnType<Provider["callback"]> = () => {};
  const http = createServer((request, response) => handle(request, response));
  const issuer = await listen(http);
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: "acc",
        client_secret: clientSecret,
        redirect_uris: [`${server}/acc/login/callback`],
      },
    ],
    claims: { email: ["email", "email_verified"], groups: ["groups"], ...claims },
    scopes: ["openid", "email", "groups"],
    cookies: { keys: ["a-key-of-a-test"] },
    findAccount: (_: unknown, id: string) => ({
      accountId: id,
      claims: () => ({ sub: id, ...accounts[id] }),
    }),
  });
  handle = provider.callback();
  onTestFinished(async () => {
    http.closeAllConnections();
    http.close();
  });
  return issuer;
}
