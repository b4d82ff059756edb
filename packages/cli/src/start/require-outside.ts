import { createRequire, isBuiltin } from "node:module";

/** Modules that are not built in, and the package that brings each. */
const owners: Readonly<Record<string, string>> = {
  "@anthropic-ai/sdk": "@acc/claude",
  "@google/genai/web": "@acc/gemini",
  "@google/generative-ai": "@acc/gemini",
  "groq-sdk": "@acc/groq",
  openai: "@acc/openai",
  "@acc/dual-mode/testing": "@acc/dual-mode",
  "@napi-rs/keyring": "@acc/secrets",
  "fs-native-extensions": "@acc/secrets",
  "@acc/prices": "@acc/prices",
  redis: "@acc/cli",
  "@modelcontextprotocol/sdk/client/index.js": "@acc/cli",
  "@modelcontextprotocol/sdk/client/stdio.js": "@acc/cli",
  "@modelcontextprotocol/sdk/client/streamableHttp.js": "@acc/cli",
  bullmq: "@acc/cli",
  "@aws-sdk/client-kms": "@acc/cli",
  "@aws-sdk/client-secrets-manager": "@acc/cli",
};

/**
 * Requires a module outside the program's file: one of Node.js, or a dependency of a package that
 * is built in, as that package would find it.
 */
export function requireOutside(id: string): unknown {
  if (isBuiltin(id)) return require(id);
  const owner = require.resolve(`${owners[id]}/package.json`);
  return require(createRequire(owner).resolve(id));
}

/**
 * Imports a module by its URL, which the program's file cannot do because its compiled code is
 * cached.
 */
export function importOutside(url: string): Promise<unknown> {
  return import(url);
}
