import { isBuiltin } from "node:module";
import { relative, resolve } from "node:path";
import type { Options } from "tsup";

type Plugin = NonNullable<Options["esbuildPlugins"]>[number];
type Build = Parameters<Plugin["setup"]>[0];
type Rooms = ReadonlySet<string>;

/** What one file has for the other, by paths from this package's folder. */
interface Plan {
  /** What the program leaves to the file of rare rooms. */
  readonly rare: Rooms;
  /** What that file takes from the program. */
  readonly shared: Rooms;
}

const entries = { program: "src/run-program.ts", rare: "src/rare-file.ts" } as const;

/** What is imported when it is used, and is used for a question that the cache answers. */
const usual: Rooms = new Set([
  "src/cache/open-disk.ts",
  "src/chat/chat.ts",
  "src/input/parse-json.ts",
  "src/log/conversation-log.ts",
  "src/config/resolve-settings.ts",
  "src/providers/known-providers.ts",
  "src/providers/preset-names.ts",
  "src/providers/packages/installed.ts",
  ...["cache", "dual-mode"].map((name) => `../${name}/src/index.ts`),
  ...["claude", "gemini", "groq", "openai"].map((name) => `../${name}/src/index.ts`),
]);

const own = /^(src|\.\.\/[\w-]+\/src)\/.*\.ts$/;

/**
 * Builds what is imported when it is used into one file beside the program's, but for what is usual:
 * so a start loads none of it. What both use is the program's, which gives it to that file.
 */
export function rareRooms(entry: keyof typeof entries): Plugin {
  return {
    name,
    async setup(build) {
      plan ??= makePlan(build);
      const { rare, shared } = await plan;
      const [given, taken] = entry === "program" ? [shared, rare] : [rare, shared];
      build.onLoad({ filter: /[\\/]start[\\/]own-rooms\.ts$/ }, () => tableOf(given));
      takeFromOther(build, (room) => taken.has(room), entry === "program");
    },
  };
}

const name = "rare-rooms";
let plan: Promise<Plan> | undefined;

async function makePlan(build: Build): Promise<Plan> {
  const wanted = new Set<string>();
  const program = await inputsOf(build, entries.program, (inner) => {
    const isRare = (room: string) => own.test(room) && !usual.has(room);
    takeFromOther(inner, (room) => isRare(room) && Boolean(wanted.add(room)), true);
  });
  const rare = new Set([...wanted].filter((room) => !program.has(room)).sort());
  const shared = new Set<string>();
  await inputsOf(build, entries.rare, (inner) => {
    const isShared = (room: string) =>
      !room.endsWith("start/other-rooms.ts") &&
      (program.get(room) === "cjs" || (own.test(room) && program.has(room)));
    inner.onLoad({ filter: /[\\/]start[\\/]own-rooms\.ts$/ }, () => tableOf(rare));
    takeFromOther(inner, (room) => isShared(room) && Boolean(shared.add(room)), false);
  });
  return { rare, shared: new Set([...shared].sort()) };
}

/** The modules of what is built from the entry, and the format of each. */
async function inputsOf(build: Build, entry: string, setup: (build: Build) => void) {
  const { plugins = [], ...options } = build.initialOptions;
  const others = plugins.filter((plugin) => plugin.name !== name);
  const { metafile } = await build.esbuild.build({
    ...options,
    ...{ entryPoints: [entry], write: false, metafile: true, sourcemap: false },
    plugins: [...others, { name: "plan", setup }],
  });
  return new Map(Object.entries(metafile.inputs).map(([path, { format }]) => [path, format]));
}

/** In the place of these rooms stands what takes them from the other file. */
function takeFromOther(build: Build, isTaken: (room: string) => boolean, isProgram: boolean): void {
  const filter = /^(\.|@acc\/|[\w@])/;
  build.onResolve({ filter }, async ({ path, pluginData, ...asked }) => {
    if (pluginData === name || isBuiltin(path) || asked.kind === "entry-point") return undefined;
    if (isProgram && asked.kind !== "dynamic-import") return undefined;
    const { importer, resolveDir, kind } = asked;
    const found = await build.resolve(path, { importer, resolveDir, kind, pluginData: name });
    if (found.external || found.errors.length > 0) return undefined;
    const room = relative(".", found.path).replaceAll("\\", "/");
    return isTaken(room) ? { path: room, namespace: name } : undefined;
  });
  const other = JSON.stringify(resolve("src/start/other-rooms.ts"));
  build.onLoad({ filter: /./, namespace: name }, ({ path }) => ({
    contents: `module.exports = require(${other}).room(${JSON.stringify(path)});`,
    resolveDir: resolve("."),
  }));
}

/** Each is made when it is taken. */
function tableOf(rooms: Rooms) {
  const getters = [...rooms].map((room) => {
    const [key, path] = [room, resolve(room)].map((text) => JSON.stringify(text));
    return `get ${key}() { return require(${path}); }`;
  });
  return { contents: `export const ownRooms = { ${getters} };`, resolveDir: resolve(".") };
}
