type Environment = Readonly<Record<string, string | undefined>>;

/** Variables that npm may be given: where the registry is, and how to reach it. */
const settings =
  /^npm_config_(registry|@.+|\/\/.+|userconfig|globalconfig|cache|https?_proxy|proxy|noproxy|ca|cafile|cert|key|strict_ssl|fetch_\w+)$/i;

/**
 * Variables that npm is never given: keys for vendors, what opens the store, and what Node.js would
 * load into npm.
 */
const kept =
  /_API_KEY$|^ACC_SECRETS_|^(ANTHROPIC_AUTH_TOKEN|CLAUDE_CODE_OAUTH_TOKEN)$|^NODE_(OPTIONS|PATH)$/i;

/**
 * The environment for npm. A script run by npm has variables from the `.npmrc` of its folder, which
 * may be a stranger's: in a script, these settings are dropped.
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
