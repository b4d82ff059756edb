import { getGlobalSecretsManager } from "@acc/secrets";
import { readStdin } from "../read-stdin.ts";

export async function setSecret(name: string): Promise<void> {
  const value = await readStdin("value");
  const secrets = await getGlobalSecretsManager();
  await secrets.set(name, value);
  process.stderr.write(`acc: ${name} is kept.\n`);
}

export async function listSecrets(): Promise<void> {
  const secrets = await getGlobalSecretsManager();
  for (const name of await secrets.list()) process.stdout.write(`${name}\n`);
}

export async function deleteSecret(name: string): Promise<void> {
  const secrets = await getGlobalSecretsManager();
  await secrets.delete(name);
  process.stderr.write(`acc: ${name} is gone.\n`);
}
