import { existsSync } from "node:fs";
import { Failure } from "../failure.ts";
import { print, printJson, tell } from "../output/terminal.ts";
import { writeNewFile } from "../output/write-new-file.ts";
import { configPath } from "./config-folder.ts";
import { configVersion } from "./read-config-file.ts";
import { explainSettings, fileSettings } from "./resolve-settings.ts";
import { settingNames, settings } from "./settings.ts";

/** Prints each setting, its value, and where the value comes from. */
export async function explainConfig({ json }: { readonly json?: boolean }): Promise<void> {
  const path = configPath();
  const found = await explainSettings();
  const { providers = {}, secrets } = await fileSettings();
  const added = Object.keys(providers);
  if (json) {
    printJson({
      path,
      exists: existsSync(path),
      settings: found,
      providers: added,
      secrets: secrets?.store ?? "file",
    });
    return;
  }
  const { table } = await import("../output/table.ts");
  const rows = found.map(({ name, value, source }) => [
    name,
    value === undefined ? settings[name].otherwise : shown(value),
    source === "default" ? `default; ${settings[name].env} or the file sets it` : source,
  ]);
  const row = ["providers", added.join(", ") || "none", added.length > 0 ? "file" : addOne];
  const store = [
    "secrets",
    secrets?.store ?? "file",
    secrets ? "file" : "default; the file names another",
  ];
  print(table(["setting", "value", "from"], [...rows, row, store]));
  print(`\nfile: ${path}${existsSync(path) ? "" : " (none yet; acc config init makes one)"}`);
}

function shown(value: unknown): string {
  const isObject = typeof value === "object" && !Array.isArray(value);
  return isObject ? JSON.stringify(value) : String(value);
}

const addOne = "default; acc providers add writes one";

/** Writes a config file that explains every setting and sets none. */
export async function initConfig(): Promise<void> {
  const path = configPath();
  if (!(await writeNewFile(path, template()))) {
    throw new Failure("CONFIG_EXISTS", `${path} is there already.`, "Edit it.");
  }
  tell(`${path} is written; each line in it says what it is for.`);
}

const samples: Readonly<Record<string, unknown>> = {
  provider: "claude",
  chain: ["claude", "gemini"],
  model: "a-model",
  prefer: "sdk",
  only: "cli",
  cache: true,
  models: { fast: "groq/a-model", best: ["claude/a-model", "gemini"] },
  log: "metadata",
  logAge: "30d",
  logSize: "50MB",
  server: "auto",
};

const providersSample = `  // providers of your own, by their names; acc providers add writes them, acc providers list shows them.
  // "providers": {
  //   "work": { "compatible": "openai", "baseUrl": "https://llm.example.com/v1", "key": "work_api_key", "model": "a-model" },
  //   "mine": { "like": "claude", "model": "a-model", "billing": "login", "defaults": { "temperature": 0 } },
  // },`;

const secretsSample = `  // where secrets are kept, where that is not the encrypted file of this machine; acc secrets stores shows what is there.
  // "secrets": { "store": "command", "command": ["pass", "show", "{}"], "names": { "groq_api_key": "llm/groq" } },`;

const serveSample = `  // who, beside this machine's owner, may see the page of acc serve, and what they may do there.
  // "serve": {
  //   "url": "https://acc.example.com",
  //   "people": {
  //     "oidc": { "issuer": "https://accounts.example.com", "clientId": "acc", "clientSecret": "acc_oidc_secret" },
  //     "roles": { "ops@example.com": "admin", "group:platform": "viewer" },
  //   },
  // },`;

function template(): string {
  const lines = settingNames.map((name) => {
    const { env, what, valid, otherwise } = settings[name];
    const sample = JSON.stringify(samples[name]);
    return `  // ${what}: ${valid}. Else: ${otherwise}. ${env} overrides it.\n  // "${name}": ${sample},`;
  });
  const all = [...lines, providersSample, secretsSample, serveSample].join("\n\n");
  return `{\n  "version": ${configVersion},\n\n${all}\n}\n`;
}
