import { posix } from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

/** A program that puts shims on PATH, which choose the program to start by its rules. */
export interface VersionManager {
  readonly name: string;
  /** Variables that it reads, and that contain no secret. */
  readonly variables: RegExp;
  /** Files that it reads in the home folder. */
  readonly homeFiles: readonly string[];
  /** The folder of its shims. */
  readonly shims: (env: Environment, home: string) => string;
  /** Variables that it derives from others that no run has. */
  readonly fixed?: (env: Environment) => Readonly<Record<string, string>>;
  /** The command that shows which program a shim starts. */
  readonly which: (name: string) => string;
}

const data = (env: Environment, home: string) =>
  env.XDG_DATA_HOME || posix.join(home, ".local", "share");

const managers: readonly VersionManager[] = [
  {
    name: "asdf",
    variables:
      /^ASDF_(DIR|DATA_DIR|CONFIG_FILE|DEFAULT_TOOL_VERSIONS_FILENAME|[A-Z0-9_]+_VERSION)$/,
    homeFiles: [".asdf", ".asdfrc", ".tool-versions"],
    shims: (env, home) => posix.join(env.ASDF_DATA_DIR || posix.join(home, ".asdf"), "shims"),
    which: (name) => `asdf which ${name}`,
  },
  {
    name: "mise",
    variables:
      /^MISE_((DATA|CONFIG|STATE|CACHE|SYSTEM)_DIR|GLOBAL_CONFIG_FILE|[A-Z0-9_]+_VERSION)$/,
    homeFiles: [
      ...[".config/mise", ".local/share/mise", ".local/state/mise"],
      ...["mise.toml", ".mise.toml", ".tool-versions"],
    ],
    shims: (env, home) =>
      posix.join(env.MISE_DATA_DIR || posix.join(data(env, home), "mise"), "shims"),
    fixed: (env) => ({
      ...moved("MISE_DATA_DIR", env.XDG_DATA_HOME),
      ...moved("MISE_CONFIG_DIR", env.XDG_CONFIG_HOME),
      ...moved("MISE_STATE_DIR", env.XDG_STATE_HOME),
    }),
    which: (name) => `mise which ${name}`,
  },
  {
    name: "volta",
    variables: /^VOLTA_(HOME|FEATURE_PNPM)$/,
    homeFiles: [".volta"],
    shims: (env, home) => posix.join(env.VOLTA_HOME || posix.join(home, ".volta"), "bin"),
    which: (name) => `volta which ${name}`,
  },
  {
    name: "nodenv",
    variables: /^NODENV_(ROOT|VERSION)$/,
    homeFiles: [".nodenv"],
    shims: (env, home) => posix.join(env.NODENV_ROOT || posix.join(home, ".nodenv"), "shims"),
    which: (name) => `nodenv which ${name}`,
  },
  {
    name: "proto",
    variables: /^PROTO_(HOME|[A-Z0-9_]+_VERSION)$/,
    homeFiles: [".proto"],
    shims: (env, home) => posix.join(env.PROTO_HOME || posix.join(home, ".proto"), "shims"),
    which: (name) => `proto bin ${name}`,
  },
];

/** Returns the managers whose shims are in these folders. */
export function managersIn(
  folders: readonly string[],
  env: Environment,
  home: string,
): readonly VersionManager[] {
  const known = new Set(folders.map((folder) => posix.normalize(folder).replace(/\/$/, "")));
  return managers.filter(({ shims }) => known.has(shims(env, home)));
}

/** Returns the variables of the caller's environment that these managers' shims need. */
export function managerVariables(
  found: readonly VersionManager[],
  env: Environment,
): Readonly<Record<string, string>> {
  const layers = found.map(({ variables, fixed }) => ({
    ...fixed?.(env),
    ...Object.fromEntries(Object.entries(env).filter(([name]) => variables.test(name))),
  }));
  const all = Object.entries(Object.assign({}, ...layers) as Environment);
  return Object.fromEntries(all.filter((entry): entry is [string, string] => Boolean(entry[1])));
}

function moved(name: string, folder: string | undefined): Readonly<Record<string, string>> {
  return folder ? { [name]: posix.join(folder, "mise") } : {};
}
