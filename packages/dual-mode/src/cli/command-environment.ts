import { posix, win32 } from "node:path";
import type { CredentialKind } from "../contract/provider.ts";
import { safeFolders, safeIn } from "../detect/safe-folders.ts";
import { DualModeError } from "../error.ts";
import { variable } from "../host/environment-variable.ts";

type Variables = Readonly<Record<string, string>>;

export interface EnvironmentInput {
  /** The caller's environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly credential: CredentialKind;
  /** The run's private HOME and TMPDIR. */
  readonly folder: { readonly home: string; readonly temp: string };
  /** Variables that shims of version managers need. */
  readonly shimEnv?: Variables | undefined;
  /** Variables that the mode sets. */
  readonly planEnv?: Variables | undefined;
  /** Variables that the caller sets: `cli.env`. */
  readonly cliEnv?: Variables | undefined;
  /** The variable of the key, which nothing else may set. */
  readonly keyVariable?: string | undefined;
  /** The key; only on key routes. */
  readonly key?: string | undefined;
  /**
   * Folders at the start of PATH, such as that of the Node.js for which the command was installed.
   */
  readonly pathStart?: readonly string[];
  /** Folders at the end of PATH: the command's own. */
  readonly pathEnd?: readonly string[];
  /**
   * The folder of the Node.js that runs this process, for `#!/usr/bin/env node`: it is trusted
   * already.
   */
  readonly nodeFolder?: string | undefined;
  readonly workingFolder?: string | undefined;
}

const always =
  /^(LANG|LANGUAGE|LC_[A-Z]+|(HTTP|HTTPS|ALL|NO)_PROXY|NODE_EXTRA_CA_CERTS|NODE_USE_SYSTEM_CA|NODE_USE_ENV_PROXY|SSL_CERT_FILE|SSL_CERT_DIR|CURL_CA_BUNDLE|REQUESTS_CA_BUNDLE)$/;
const proxyInLowerCase = /^(http|https|all|no)_proxy$/;
const onWindows = /^(SystemRoot|ComSpec|PATHEXT|USERPROFILE|APPDATA|LOCALAPPDATA)$/i;
const withLogin = /^(HOME|USER|LOGNAME|XDG_[A-Z_]+|DBUS_SESSION_BUS_ADDRESS)$/;
const never = /^(NODE_OPTIONS|ACC_SECRETS_.*)$/i;

/**
 * Builds the environment of one run from nothing.
 *
 * @throws {@link DualModeError} `INVALID_REQUEST` if `cli.env`, or `PROVIDER_FAULT` if the mode,
 * sets a variable that no run may have: NODE_OPTIONS, ACC_SECRETS_*, or the key in another way.
 */
export function commandEnvironment(input: EnvironmentInput): Record<string, string> {
  const { platform, credential, folder, planEnv = {}, cliEnv = {}, keyVariable, key } = input;
  refuse(planEnv, keyVariable, (name) => [
    "PROVIDER_FAULT",
    `The provider sets ${name} for its CLI, which no run may have.`,
  ]);
  refuse(cliEnv, keyVariable, (name) => [
    "INVALID_REQUEST",
    `cli.env.${name} may not be set: no CLI run is given it this way.`,
  ]);
  const privateHome = credential === "login" ? {} : { HOME: folder.home };
  const temp = platform === "win32" ? { TEMP: folder.temp, TMP: folder.temp } : {};
  return merged(platform, [
    inherited(input),
    { PATH: searchPath(input), TMPDIR: folder.temp },
    temp,
    privateHome,
    input.shimEnv ?? {},
    planEnv,
    cliEnv,
    keyVariable === undefined || key === undefined ? {} : { [keyVariable]: key },
  ]);
}

function inherited({ env, platform, credential }: EnvironmentInput): Record<string, string> {
  const windows = platform === "win32";
  const allowed = (name: string) =>
    always.test(windows ? name.toUpperCase() : name) ||
    proxyInLowerCase.test(name) ||
    (windows && onWindows.test(name)) ||
    (credential === "login" && withLogin.test(windows ? name.toUpperCase() : name));
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && allowed(name)) {
      kept[name] = value;
    }
  }
  return kept;
}

/** The caller's PATH, without the folders from which no command may be taken. */
function searchPath(input: EnvironmentInput): string {
  const { env, platform, workingFolder, pathStart = [], pathEnd = [], nodeFolder = [] } = input;
  const search = { platform, workingFolder };
  const folders = safeFolders({ ...search, path: variable(env, "PATH", platform) });
  const safe = safeIn(search);
  const all = [...pathStart.filter(safe), ...folders, ...pathEnd.filter(safe)].concat(nodeFolder);
  const { delimiter } = platform === "win32" ? win32 : posix;
  return [...new Set(all)].join(delimiter);
}

/** Merges variables; later layers win. On Windows the case of a name does not matter. */
function merged(platform: NodeJS.Platform, layers: readonly Variables[]): Record<string, string> {
  const result = new Map<string, [name: string, value: string]>();
  for (const [name, value] of layers.flatMap((layer) => Object.entries(layer))) {
    result.set(platform === "win32" ? name.toUpperCase() : name, [name, value]);
  }
  return Object.fromEntries(result.values());
}

function refuse(
  variables: Variables,
  keyVariable: string | undefined,
  fault: (name: string) => ["PROVIDER_FAULT" | "INVALID_REQUEST", string],
): void {
  for (const [name, value] of Object.entries(variables)) {
    const isKey = name.toUpperCase() === keyVariable?.toUpperCase();
    if (never.test(name) || isKey || /^$|[=\0]/.test(name) || value.includes("\0")) {
      const fix = isKey ? "Give the key as `apiKey` or keep it in the store." : "Leave it out.";
      throw new DualModeError(...fault(name), { fix });
    }
  }
}
