import { appendFileSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { format, inspect } from "node:util";
import { expect, test, vi } from "vitest";
import { openSecrets, redact, SecretsError } from "../src/index.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const canary = "sk-canary/Zq7+9w==&x?";

/** The forms in which a canary is looked for. */
const forms: Record<string, string> = {
  raw: canary,
  json: JSON.stringify(canary).slice(1, -1),
  url: encodeURIComponent(canary),
  base64: Buffer.from(canary).toString("base64").replace(/=+$/, ""),
  base64url: Buffer.from(canary).toString("base64url"),
  hex: Buffer.from(canary).toString("hex"),
};

function found(text: string): string[] {
  const lower = text.toLowerCase();
  return Object.entries(forms)
    .filter(([form, needle]) => (form === "hex" ? lower.includes(needle) : text.includes(needle)))
    .map(([form]) => form);
}

/** Everything that the life of a secret leaves behind: files, warnings, errors, prints. */
async function life(plant: (directory: string, prints: string[]) => void): Promise<string[]> {
  const directory = join(temporaryFolder(), "store");
  const prints: string[] = [];
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, "write").mockImplementation((chunk) => prints.push(String(chunk)) > 0);
  }
  const secrets = await openSecrets({
    directory,
    env: { CANARY_API_KEY: `${canary}-of-the-environment` },
    audit: { reads: true },
    onWarning: (warning) => prints.push(inspect(warning)),
  });
  await secrets.set("canary_api_key", canary);
  await secrets.set("canary_api_key", `${canary}-2`, { overlap: 1000 });
  const secret = await secrets.get("canary_api_key");
  await secrets.getAll("canary_api_key");
  const plan = {
    create: async () => `${canary}-3`,
    test: async () => {
      throw new Error(redact(`refused: ${canary}-3`), { cause: secret });
    },
  };
  for (const refusal of [
    () => secrets.rotate("canary_api_key", plan),
    () => secrets.set("Canary-Api-Key", canary),
    () => secrets.set(canary, canary),
    () => secrets.get(`${canary} `),
    () => secrets.set("canary_api_key", `${canary}\n`),
    () => secrets.as("nobody").get("canary_api_key"),
    () => secrets.keys.remove(canary),
  ]) {
    const error = await refusal().catch((thrown: unknown) => thrown);
    expect(SecretsError.is(error)).toBe(true);
    prints.push(inspect(error, { depth: 9, showHidden: true }), String((error as Error).stack));
    prints.push(JSON.stringify(error), JSON.stringify(error, Object.getOwnPropertyNames(error)));
  }
  prints.push(`${secret}`, JSON.stringify({ secret }), inspect({ secret, secrets }, { depth: 9 }));
  prints.push(format("%s %o %O %j", secret, secret, secret, secret));
  prints.push(inspect(structuredClone({ secret: { ...secret } })), inspect(secrets.keys));
  prints.push(inspect(await secrets.verifyAudit()), inspect(await secrets.keys.list()));
  process.stdout.write(format("%s", secret));
  process.stderr.write(inspect(secret));
  plant(directory, prints);
  await secrets.close();
  vi.restoreAllMocks();
  const files = readdirSync(directory).map((name) => readFileSync(join(directory, name), "utf8"));
  return [...prints, ...files];
}

test("a known secret leaves no trace in any file, print, warning or error", async () => {
  const traces = await life(() => undefined);
  expect(traces.length).toBeGreaterThan(40);
  expect(traces.flatMap(found)).toEqual([]);
});

test.each(Object.keys(forms))(
  "and a trace planted as %s is found, in a file and in a print",
  async (form) => {
    const text = `before ${forms[form]} after`;
    const inFile = await life((directory) =>
      appendFileSync(join(directory, "acc-secrets.audit.jsonl"), text),
    );
    expect(inFile.flatMap(found)).toContain(form);
    const inPrint = await life(() => process.stdout.write(text));
    expect(inPrint.flatMap(found)).toContain(form);
  },
);
