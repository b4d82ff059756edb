import { SecretsError } from "../../errors.ts";
import { refused, unreadable } from "../store-error.ts";
import type { AwsSecretsManager, SecretValue } from "./aws-client.ts";
import { awsFailure, isMarked, isMissing } from "./aws-failure.ts";

/** The place of a value in AWS Secrets Manager. */
export interface AwsPlace {
  /** The name or ARN of the secret. */
  readonly id: string;
  /** A key of the secret's JSON object. The value can then only be read. @default the whole text */
  readonly field?: string;
  /** @default "AWSCURRENT" */
  readonly stage?: string;
}

/** The most pages of a list that are requested, with 100 names each. */
const mostPages = 200;

/** The secrets that one AWS Secrets Manager client can reach. */
export class AwsSecrets {
  readonly #client: AwsSecretsManager;
  readonly #timeout: number;

  constructor(client: AwsSecretsManager, timeout: number) {
    this.#client = client;
    this.#timeout = timeout;
  }

  async read({ id, field, stage = "AWSCURRENT" }: AwsPlace): Promise<string | undefined> {
    let found: SecretValue;
    try {
      const input = { SecretId: id, VersionStage: stage };
      found = await this.#client.getSecretValue(input, this.#inTime());
    } catch (error) {
      if (isMissing(error) || isMarked(error)) return undefined;
      throw awsFailure(`the secret ${id}`, error);
    }
    const text = found.SecretString ?? textOf(found.SecretBinary);
    if (field === undefined) return text || undefined;
    const value = fieldOf(text, field);
    if (value === undefined || typeof value === "string") return value || undefined;
    throw unreadable(`The field ${field} of the secret ${id} in AWS is not a string.`);
  }

  /** Makes the value the current one; AWS keeps the previous one as AWSPREVIOUS. */
  async write(id: string, value: string): Promise<void> {
    const put = needed(this.#client, "putSecretValue");
    const input = { SecretString: value };
    try {
      await put.call(this.#client, { SecretId: id, ...input }, this.#inTime());
    } catch (error) {
      if (isMissing(error)) await this.#create(id, input);
      else if (isMarked(error)) await this.#restore(id, input);
      else throw awsFailure(`a new value of ${id}`, error);
    }
  }

  /** Schedules the secret for deletion: AWS keeps it for its recovery window. */
  async remove(id: string): Promise<void> {
    const remove = needed(this.#client, "deleteSecret");
    try {
      await remove.call(this.#client, { SecretId: id }, this.#inTime());
    } catch (error) {
      if (isMissing(error) || isMarked(error)) return;
      throw awsFailure(`the deletion of ${id}`, error);
    }
  }

  /** Lists the names that start with the prefix. */
  async list(prefix: string): Promise<readonly string[]> {
    const list = needed(this.#client, "listSecrets");
    const filters = prefix === "" ? {} : { Filters: [{ Key: "name" as const, Values: [prefix] }] };
    const names: string[] = [];
    let token: string | undefined;
    for (let page = 0; page < mostPages; page += 1) {
      const input = {
        MaxResults: 100,
        ...filters,
        ...(token !== undefined && { NextToken: token }),
      };
      const found = await list.call(this.#client, input, this.#inTime()).catch((error: unknown) => {
        throw awsFailure("the list of secrets", error);
      });
      for (const { Name: name } of found.SecretList ?? []) {
        if (name?.startsWith(prefix)) names.push(name);
      }
      token = found.NextToken;
      if (token === undefined) return names;
    }
    throw unreadable("AWS's list of secrets does not end: give a longer prefix.");
  }

  async #create(id: string, input: NewValue): Promise<void> {
    const create = needed(this.#client, "createSecret");
    try {
      await create.call(this.#client, { Name: id, ...input }, this.#inTime());
    } catch (error) {
      throw awsFailure(`the new secret ${id}`, error);
    }
  }

  async #restore(id: string, input: NewValue): Promise<void> {
    const restore = needed(this.#client, "restoreSecret");
    const put = needed(this.#client, "putSecretValue");
    try {
      await restore.call(this.#client, { SecretId: id }, this.#inTime());
      await put.call(this.#client, { SecretId: id, ...input }, this.#inTime());
    } catch (error) {
      throw awsFailure(`the secret ${id}, whose deletion was scheduled,`, error);
    }
  }

  #inTime(): { readonly abortSignal: AbortSignal } {
    return { abortSignal: AbortSignal.timeout(Math.max(1, Math.ceil(this.#timeout))) };
  }
}

interface NewValue {
  readonly SecretString: string;
}

function needed<Name extends keyof AwsSecretsManager>(
  client: AwsSecretsManager,
  name: Name,
): NonNullable<AwsSecretsManager[Name]> {
  const method = client[name];
  if (method) return method;
  throw new SecretsError(
    "UNSUPPORTED_BY_FORMAT",
    `The given client has no ${name}. Give a SecretsManager of @aws-sdk/client-secrets-manager.`,
  );
}

function textOf(binary: Uint8Array | undefined): string {
  return binary === undefined ? "" : Buffer.from(binary).toString("utf8");
}

function fieldOf(text: string, field: string): unknown {
  try {
    const found: unknown = JSON.parse(text);
    const isObject = typeof found === "object" && found !== null && Object.hasOwn(found, field);
    return isObject ? (found as Record<string, unknown>)[field] : undefined;
  } catch {
    throw refused(`A secret in AWS is to have the field ${field} and is not JSON.`);
  }
}
