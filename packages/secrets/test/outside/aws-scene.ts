import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { type AwsStoreOptions, createAwsStore } from "../../src/outside/aws.ts";
import { type AwsServer, awsServer } from "./aws-server.ts";

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret-access-key-1" };

export function clientOf(endpoint: string): SecretsManager {
  return new SecretsManager({ endpoint, region: "eu-central-1", credentials, maxAttempts: 2 });
}

export function open(server: AwsServer, more: Partial<AwsStoreOptions> = {}) {
  const client = clientOf(server.endpoint);
  return createAwsStore({ client, onWarning: () => undefined, ...more });
}

// adobe/helix-deploy#162: reading secrets at each call was throttled.
/** A store on its own clock, of a server that has one key. */
export async function withKey() {
  const server = await awsServer();
  const clock = { time: 1_000_000 };
  const stages = new Map([["AWSCURRENT", "groq-value-0001"]]);
  server.secrets.set("acc/groq_api_key", { stages, deleted: false });
  return { server, clock, store: open(server, { now: () => clock.time, timeout: 3_000 }) };
}
