import type { KMS } from "@aws-sdk/client-kms";
import type { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { Failure } from "../failure.ts";

/** The members for AWS in the config file. */
interface AwsSetting {
  readonly [member: string]: unknown;
}

/**
 * Loads AWS's own client, which users who want it install next to acc. The client finds
 * credentials, and a region that the config file does not name, as every program of AWS does.
 */
export async function openAws(setting: AwsSetting): Promise<SecretsManager> {
  const load = () => import("@aws-sdk/client-secrets-manager");
  const sdk = await installed("@aws-sdk/client-secrets-manager", load);
  return new sdk.SecretsManager(placeIn(setting));
}

/** Loads AWS's own client of KMS in the same way. */
export async function openKms(setting: AwsSetting): Promise<KMS> {
  const sdk = await installed("@aws-sdk/client-kms", () => import("@aws-sdk/client-kms"));
  return new sdk.KMS(placeIn(setting));
}

function placeIn({ region, endpoint }: AwsSetting) {
  return {
    ...(typeof region === "string" && { region }),
    ...(typeof endpoint === "string" && { endpoint }),
  };
}

async function installed<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    const fix = `Run: npm install -g ${name}`;
    const message = `The package ${name} is not installed.`;
    throw new Failure("AWS_SDK_NOT_INSTALLED", message, fix, cause);
  }
}
