type Environment = Readonly<Record<string, string | undefined>>;

/** What npm may be told by variables: where the registry is, and how it is reached. */
const settings =
  /^npm_config_(registry|@.+|\/\/.+|userconfig|globalconfig|cache|https?_proxy|proxy|noproxy|ca|cafile|cert|key|strict_ssl|fetch_\w+)$/i;

/** Keys for vendors, what opens the store, and what Node.js would load into npm. */
const kept =
  /_API_KEY$|^ACC_SECRETS_|^(ANTHROPIC_AUTH_TOKEN|CLAUDE_CODE_OAUTH_TOKEN)$|^NODE_(OPTIONS|PATH)$/i;

/**
 * The environment that npm is given. A script of npm's passes on what the `.npmrc` of its folder
 * says, which may be a stranger's: then nothing of it counts.
 */
export function npmEnvironment(env: Environment = process.env): Record<string, string> {
  const fromScript = ["npm_lifecycle_event", "npm_execpath", "npm_command"].some(
    (name) => env[name],
  );
  const wanted = ([name, value]: [string, string | undefined]) => {
    if (value === undefined || kept.test(name)) return false;
    return !/^npm_/i.test(name) || /^NPM_TOKEN$/.test(name) || (!fromScript && settings.test(name));
  };
  return Object.fromEntries(Object.entries(env).filter(wanted)) as Record<string, string>;
}
