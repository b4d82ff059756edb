// A program of somebody who installed the packages: says which modules each of its steps loaded.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(import.meta.url);
const [, , record] = process.argv;

/** The packages outside of Node.js of which a module is loaded by now. */
function loaded() {
  const esm = existsSync(record) ? readFileSync(record, "utf8").split("\n") : [];
  const modules = [...esm, ...Object.keys(require.cache)].join("\n");
  const names = [...modules.matchAll(/.*node_modules\/((?:@[^/]+\/)?[^/\n]+)/g)];
  return [...new Set(names.map(([, name]) => name))].sort();
}

const steps = {};
const { createClaude } = await import("@acc/claude");
await Promise.all([import("@acc/dual-mode"), import("@acc/cache"), import("@acc/secrets")]);
steps.imported = loaded();

const options = { apiKey: "dummy", secrets: false, cache: false, retry: 0, timeout: 20_000 };
const bySdk = createClaude({ ...options, only: "sdk", baseUrl: "http://127.0.0.1:1" });
const byCli = createClaude({ ...options, only: "cli", cliPath: join(process.cwd(), "fake-cli") });
steps.created = loaded();

const codes = {};
codes.sdk = await bySdk.chat("?").then(String, (error) => error.code);
steps.calledBySdk = loaded();

codes.cli = await byCli.chat("?").then(String, (error) => error.code);
steps.calledByCli = loaded();

await Promise.all([bySdk.close(), byCli.close()]);
console.log(JSON.stringify({ steps, codes }));
