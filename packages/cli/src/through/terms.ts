import { createHmac } from "node:crypto";
import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { hostWorkingFolder, safeFolders } from "@acc/dual-mode/provider";
import packageJson from "../../package.json" with { type: "json" };
import { configPath } from "../config/config-folder.ts";
import type { FileSettings } from "../config/settings.ts";
import { variableName } from "../secrets/variable-name.ts";

/**
 * What decides an answer besides the request, by names that users know. The values are sent as
 * digests.
 */
export type Terms = Readonly<Record<string, string>>;

/**
 * Variables that do not count: `acc chat` uses them itself or sends their values with each call, or
 * only other commands read them.
 */
const ofNoCall =
  /^ACC_(SERVER|SERVER_TOKEN|METRICS_TOKEN|PROVIDER|CHAIN|MODEL|MODELS|PREFER|ONLY|CACHE|LOG|LOG_AGE|LOG_SIZE|REDIS_USERNAME|REDIS_PASSWORD)$/;

/**
 * Variables that count: those that `acc`, its packages, stores and SDKs, and the CLIs it runs read.
 */
const ofCalls: readonly RegExp[] = [
  /^(ACC|ANTHROPIC|AWS|AZURE|CLOUDSDK|GCE|GOOGLE|GROQ|NODE|OPENAI|OPENSSL|SSL|VAULT)_/,
  /(^|_)(KEY|TOKEN|SECRET|PASSWORD|PASSPHRASE|CREDENTIALS?)$|_BASE_URL$/,
  /^((HTTP|HTTPS|ALL|NO)_PROXY|CURL_CA_BUNDLE|REQUESTS_CA_BUNDLE)$/i,
  /^(HOME|USER|LOGNAME|LANG|LANGUAGE|LC_[A-Z]+|CLAUDE_CONFIG_DIR|CODEX_HOME|GEMINI_CLI_HOME)$/,
  /^(XDG_(CONFIG|CACHE|DATA|STATE)_HOME|XDG_RUNTIME_DIR|DBUS_SESSION_BUS_ADDRESS)$/,
  /^(ASDF_DATA|MISE_(DATA|CONFIG|STATE)|NVM)_DIR$|^NODENV_ROOT$|^BUN_INSTALL$/,
  /^((PNPM|PROTO|VOLTA)_HOME|NPM_CONFIG_PREFIX)$/i,
];

/** The terms of this process. */
export function ownTerms(
  { providers = {}, secrets }: FileSettings,
  env: NodeJS.ProcessEnv = process.env,
): Terms {
  const keys = Object.values(providers).flatMap(({ key }) => (key ? [variableName(key)] : []));
  const counts = (name: string) =>
    keys.includes(name) || (!ofNoCall.test(name) && ofCalls.some((form) => form.test(name)));
  const variables = Object.entries(env).filter(([name, value]) => value && counts(name));
  return {
    ...(Object.fromEntries(variables) as Record<string, string>),
    "the build of acc": buildOf(fileURLToPath(new URL(".", import.meta.url))),
    "Node.js": `${process.version} ${process.execArgv.join(" ")}`,
    "the config file": `${resolve(configPath())}\0${JSON.stringify([providers, secrets])}`,
    PATH: searchPath(env.PATH),
  };
}

/**
 * Replaces each value by a digest with the token and the nonce, which both sides know, so that
 * nothing can be read on the way.
 */
export function digested(terms: Terms, token: string, nonce: string): Terms {
  const digest = (name: string, value: string) =>
    createHmac("sha256", token).update(`${nonce}\0${name}\0${value}`).digest("base64url");
  const entries = Object.entries(terms).map(([name, value]) => [name, digest(name, value)]);
  return Object.fromEntries(entries);
}

/** The names of the terms that differ. */
export function differences(ours: Terms, theirs: Terms): readonly string[] {
  const names = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
  return [...names].filter((name) => ours[name] !== theirs[name]).sort();
}

/** Identifies the build: one that replaces another has files of other sizes or times. */
function buildOf(folder: string): string {
  const files = ["main.cjs", "run-program.cjs", "rare-file.cjs"].map((name) => {
    const status = statSync(join(folder, name), { throwIfNoEntry: false });
    return `${status?.size} ${status?.mtimeMs}`;
  });
  return [packageJson.version, folder, ...files].join("\0");
}

/** The folders in which commands are looked up, without those of the current project. */
function searchPath(path: string | undefined): string {
  const search = { path, platform: process.platform, workingFolder: hostWorkingFolder() };
  return safeFolders(search).join("\0");
}
