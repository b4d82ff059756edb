const variables = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"];

/**
 * Returns what to do if a proxy is set that `fetch` does not use; undefined if none is set, or `fetch`
 * uses it.
 * https://nodejs.org/api/cli.html#node_use_env_proxy1
 */
export function unusedProxy(
  env: NodeJS.ProcessEnv = process.env,
  version: string = process.versions.node,
  dispatcher: unknown = globalDispatcher(),
): string | undefined {
  const name = variables.find((each) => env[each]?.trim());
  if (name === undefined || goesByOne(dispatcher)) return undefined;
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major >= 24 || (major === 22 && minor >= 21)
    ? `${name} is set, but Node.js uses it only if NODE_USE_ENV_PROXY=1 is set too when it starts.`
    : `${name} is set, but Node.js ${version} has no proxies: run Node.js 24, or 22.21, with NODE_USE_ENV_PROXY=1.`;
}

/**
 * The dispatcher of `fetch`, once it has made a request: a plain `Agent` unless another was set.
 */
function globalDispatcher(): unknown {
  const places = ["undici.globalDispatcher.2", "undici.globalDispatcher.1"];
  return places.map((place) => Reflect.get(globalThis, Symbol.for(place))).find(Boolean);
}

function goesByOne(dispatcher: unknown): boolean {
  return dispatcher !== undefined && Object(dispatcher).constructor?.name !== "Agent";
}
