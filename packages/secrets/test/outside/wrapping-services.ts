import { KMS } from "@aws-sdk/client-kms";
import type { KeyProvider } from "../../src/index.ts";
import { kmsKey } from "../../src/outside/aws.ts";
import { transitKey } from "../../src/outside/vault.ts";
import { awsServer } from "./aws-server.ts";
import { vaultServer } from "./vault-server.ts";

/** A service that is played: its key, how often it was asked, and a way to take it away. */
export interface Service {
  readonly kind: string;
  key(name?: string): KeyProvider;
  asked(): number;
  take(): void;
}

export async function transit(): Promise<Service> {
  const server = await vaultServer();
  const token = server.addToken("hvs.token-of-a-test-1");
  const auth = { method: "token", token } as const;
  return {
    kind: "vault-transit",
    key: (name = "acc") => transitKey({ address: server.address, auth, key: name }),
    asked: () => server.requests.filter(({ line }) => line.includes("/transit/")).length,
    take: () => {
      server.intercept = () => ({ status: 503, body: { errors: ["Vault is sealed"] } });
    },
  };
}

export async function kms(): Promise<Service> {
  const server = await awsServer();
  const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret-access-key-1" };
  const region = "eu-central-1";
  const client = new KMS({ endpoint: server.endpoint, region, credentials, maxAttempts: 1 });
  return {
    kind: "aws-kms",
    key: (name = "alias/acc") => kmsKey({ client, key: name }),
    asked: () => server.calls.length,
    take: () => {
      server.intercept = () => ({ status: 500, type: "KMSInternalException", message: "" });
    },
  };
}
