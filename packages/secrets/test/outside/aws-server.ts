import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";

/*
 * A server that answers as AWS documents it in the API references of Secrets Manager
 * (docs.aws.amazon.com/secretsmanager/latest/apireference: GetSecretValue, PutSecretValue,
 * CreateSecret, DeleteSecret, RestoreSecret, ListSecrets) and of KMS
 * (docs.aws.amazon.com/kms/latest/APIReference: GenerateDataKey, Decrypt), in their JSON protocol.
 */

interface AwsSecret {
  /** By stage. */
  readonly stages: Map<string, string>;
  deleted: boolean;
}

interface Failure {
  readonly status: number;
  readonly type: string;
  readonly message: string;
}

type Body = Record<string, unknown>;

export interface AwsServer {
  readonly endpoint: string;
  readonly secrets: Map<string, AwsSecret>;
  /** Each call: its action, and what stands in its address and headers. */
  readonly calls: { readonly action: string; readonly open: string }[];
  /** Fails in the place of an answer, as long as it gives a failure. */
  intercept?: ((action: string) => Failure | "hang" | undefined) | undefined;
}

/** Ends with the test that starts it. */
export async function awsServer(): Promise<AwsServer> {
  const server: AwsServer = { endpoint: "", secrets: new Map(), calls: [] };
  const http = createServer((request, response) => void answer(server, request, response));
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    http.closeAllConnections();
    http.close();
  });
  const { port } = http.address() as AddressInfo;
  return Object.assign(server, { endpoint: `http://127.0.0.1:${port}` });
}

async function answer(
  server: AwsServer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const action = String(request.headers["x-amz-target"]).split(".").at(-1) ?? "";
  const body = JSON.parse((await text(request)) || "{}") as Body;
  server.calls.push({ action, open: `${request.url} ${JSON.stringify(request.headers)}` });
  const own = server.intercept?.(action);
  if (own === "hang") return;
  const found = own ?? actions[action]?.(server, body) ?? unknown;
  const status = isFailure(found) ? found.status : 200;
  response.writeHead(status, { "content-type": "application/x-amz-json-1.1" });
  const said = isFailure(found) ? { __type: found.type, message: found.message } : found;
  response.end(JSON.stringify(said));
}

function isFailure(found: Failure | Body): found is Failure {
  return "type" in found && "status" in found;
}

const unknown: Failure = { status: 400, type: "UnknownOperationException", message: "" };
const missing: Failure = {
  status: 400,
  type: "ResourceNotFoundException",
  message: "Secrets Manager can't find the specified secret.",
};
const marked: Failure = {
  status: 400,
  type: "InvalidRequestException",
  message: "You can't perform this operation on the secret because it was marked for deletion.",
};

const actions: Record<string, (server: AwsServer, body: Body) => Failure | Body> = {
  GetSecretValue({ secrets }, { SecretId: id, VersionStage: stage = "AWSCURRENT" }) {
    const secret = secrets.get(String(id));
    if (secret?.deleted) return marked;
    const value = secret?.stages.get(String(stage));
    return value === undefined
      ? missing
      : { Name: id, SecretString: value, VersionStages: [stage] };
  },
  CreateSecret({ secrets }, { Name: name, SecretString: value }) {
    const known = secrets.get(String(name));
    if (known) return known.deleted ? marked : { ...marked, type: "ResourceExistsException" };
    const stages = new Map([["AWSCURRENT", String(value)]]);
    secrets.set(String(name), { stages, deleted: false });
    return { Name: name };
  },
  PutSecretValue({ secrets }, { SecretId: id, SecretString: value }) {
    const secret = secrets.get(String(id));
    if (secret === undefined) return missing;
    if (secret.deleted) return marked;
    secret.stages.set("AWSPREVIOUS", secret.stages.get("AWSCURRENT") ?? "");
    secret.stages.set("AWSCURRENT", String(value));
    return { Name: id };
  },
  DeleteSecret({ secrets }, { SecretId: id }) {
    const secret = secrets.get(String(id));
    if (secret === undefined) return missing;
    secret.deleted = true;
    return { Name: id };
  },
  RestoreSecret({ secrets }, { SecretId: id }) {
    const secret = secrets.get(String(id));
    if (secret === undefined) return missing;
    secret.deleted = false;
    return { Name: id };
  },
  ListSecrets({ secrets }, { Filters: filters, NextToken: from = "0" }) {
    const [prefix = ""] = (filters as { Values?: string[] }[] | undefined)?.[0]?.Values ?? [];
    const names = [...secrets].filter(([, { deleted }]) => !deleted).map(([name]) => name);
    const found = names.filter((name) => name.startsWith(prefix));
    const end = Number(from) + 3;
    return {
      SecretList: found.slice(Number(from), end).map((Name) => ({ Name })),
      ...(end < found.length && { NextToken: String(end) }),
    };
  },
  GenerateDataKey(_, { KeyId: id, EncryptionContext: context, NumberOfBytes: bytes }) {
    const key = Buffer.alloc(Number(bytes)).map(() => Math.floor(Math.random() * 256));
    const blob = JSON.stringify({
      id,
      context,
      key: Buffer.from(key.map((byte) => byte ^ 0x5a)).toString("hex"),
    });
    return {
      KeyId: id,
      Plaintext: Buffer.from(key).toString("base64"),
      CiphertextBlob: Buffer.from(blob).toString("base64"),
    };
  },
  Decrypt(_, { CiphertextBlob: blob, EncryptionContext: context, KeyId: id }) {
    const kept = JSON.parse(Buffer.from(String(blob), "base64").toString());
    const isSame = JSON.stringify(kept.context) === JSON.stringify(context) && kept.id === id;
    if (!isSame) return { status: 400, type: "InvalidCiphertextException", message: "" };
    const key = Buffer.from(kept.key, "hex").map((byte) => byte ^ 0x5a);
    return { KeyId: id, Plaintext: Buffer.from(key).toString("base64") };
  },
};
