import { textOf } from "./text-of.ts";

const script = "text/javascript; charset=utf-8";

/** The page's files by their paths; none holds any data. */
const assets = new Map<string, readonly [type: string, file: string]>([
  ["/", ["text/html; charset=utf-8", "page.html"]],
  ["/acc/style.css", ["text/css; charset=utf-8", "style.css"]],
  ["/acc/icon.svg", ["image/svg+xml", "icon.svg"]],
  ...["calls", "dom", "format", "keys", "machine", "main", "plot", "server", "timeline"].map(
    (name) => [`/acc/${name}.js`, [script, `${name}.js`]] as const,
  ),
]);

/** Nothing from other origins, nothing inline, no frame around it, no form that leaves it. */
const policy = [
  "default-src 'none'",
  ...["script-src", "style-src", "img-src", "connect-src"].map((kind) => `${kind} 'self'`),
  ...["base-uri", "form-action", "frame-ancestors"].map((kind) => `${kind} 'none'`),
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

/** Headers of every answer of the page. */
export const safeHeaders: Readonly<Record<string, string>> = {
  "content-security-policy": policy,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-store",
};

/** A file of the page; undefined if there is none at that path. */
export function assetAt(path: string): Response | undefined {
  const [type, file] = assets.get(path) ?? [];
  if (type === undefined || file === undefined) return undefined;
  return new Response(textOf(file), { headers: { ...safeHeaders, "content-type": type } });
}
