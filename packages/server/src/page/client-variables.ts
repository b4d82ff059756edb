/**
 * Environment variables that point programs to the server at `origin`; official clients read each
 * of them.
 */
export function clientVariables(origin: string, token: string): Record<string, string> {
  return {
    OPENAI_BASE_URL: `${origin}/v1`,
    OPENAI_API_BASE: `${origin}/v1`,
    OPENAI_API_KEY: token,
    ANTHROPIC_BASE_URL: origin,
    ANTHROPIC_AUTH_TOKEN: token,
    GROQ_BASE_URL: origin,
    GROQ_API_KEY: token,
  };
}
