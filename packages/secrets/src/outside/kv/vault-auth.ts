import { readFile } from "node:fs/promises";
import { SecretsError } from "../../errors.ts";
import { refused } from "../store-error.ts";
import { tellable, toldReason } from "../told-reason.ts";

/** A value, or a function that returns it when it is needed, for example from a file. */
export type Given = string | (() => string | Promise<string>);

/** How to log in at Vault or OpenBao. `mount` is the path of the method, without `auth/`. */
export type VaultAuth =
  | { readonly method: "token"; readonly token: Given }
  | {
      readonly method: "approle";
      readonly roleId: Given;
      readonly secretId?: Given;
      /** @default "approle" */
      readonly mount?: string;
    }
  | {
      readonly method: "kubernetes";
      readonly role: string;
      /** The service account's token. @default the file that Kubernetes mounts for a pod */
      readonly jwt?: Given;
      /** @default "kubernetes" */
      readonly mount?: string;
    }
  | {
      readonly method: "jwt";
      readonly role: string;
      readonly jwt: Given;
      /** @default "jwt" */
      readonly mount?: string;
    };

/** The request that logs in. */
export interface Login {
  readonly path: string;
  readonly body: Readonly<Record<string, string>>;
}

/** The file in which a pod finds the token of its service account. */
const serviceAccountToken = "/var/run/secrets/kubernetes.io/serviceaccount/token";

/**
 * Builds the login request of a method. Its values are read each time: token files are replaced as
 * they expire.
 */
export async function loginOf(auth: Exclude<VaultAuth, { method: "token" }>): Promise<Login> {
  const path = `auth/${auth.mount ?? auth.method}/login`;
  if (auth.method === "approle") {
    const roleId = await valueGiven(auth.roleId, "the role id");
    const secretId = auth.secretId && (await valueGiven(auth.secretId, "the secret id"));
    return { path, body: { role_id: roleId, ...(secretId && { secret_id: secretId }) } };
  }
  const given = auth.jwt ?? (() => readFile(serviceAccountToken, "utf8"));
  return {
    path,
    body: { role: auth.role, jwt: await valueGiven(given, "the token to log in with") },
  };
}

/** @throws SecretsError `STORE_REFUSED` if the value is empty or cannot be read */
export async function valueGiven(given: Given, what: string): Promise<string> {
  let value: string;
  try {
    value = (typeof given === "string" ? given : await given()).trim();
  } catch (cause) {
    throw refused(
      `Vault cannot be logged in to: ${what} cannot be read${toldReason(cause)}.`,
      tellable(cause),
    );
  }
  // A line break would end the header in which the value is sent.
  if (/^[\x21-\x7e]+$/.test(value)) return value;
  throw refused(
    `Vault cannot be logged in to: ${what} is empty, or has white space or other characters that a header cannot carry.`,
  );
}

/** @throws SecretsError `INVALID_OPTION` */
export function checkAuth(auth: VaultAuth): void {
  const methods = ["token", "approle", "kubernetes", "jwt"];
  if (methods.includes(auth?.method)) return;
  throw new SecretsError("INVALID_OPTION", `\`auth.method\` is ${methods.join(", ")}.`);
}
