import calls from "./browser/calls.js?raw";
import dom from "./browser/dom.js?raw";
import format from "./browser/format.js?raw";
import icon from "./browser/icon.svg?raw";
import keys from "./browser/keys.js?raw";
import machine from "./browser/machine.js?raw";
import main from "./browser/main.js?raw";
import html from "./browser/page.html?raw";
import plot from "./browser/plot.js?raw";
import server from "./browser/server.js?raw";
import css from "./browser/style.css?raw";
import timeline from "./browser/timeline.js?raw";

const script = "text/javascript; charset=utf-8";

/** The page's files by their paths, built in; none holds any data. */
const assets: ReadonlyMap<string, readonly [type: string, text: string]> = new Map([
  ["/", ["text/html; charset=utf-8", html]],
  ["/acc/style.css", ["text/css; charset=utf-8", css]],
  ["/acc/icon.svg", ["image/svg+xml", icon]],
  ["/acc/main.js", [script, main]],
  ["/acc/calls.js", [script, calls]],
  ["/acc/dom.js", [script, dom]],
  ["/acc/format.js", [script, format]],
  ["/acc/keys.js", [script, keys]],
  ["/acc/machine.js", [script, machine]],
  ["/acc/plot.js", [script, plot]],
  ["/acc/server.js", [script, server]],
  ["/acc/timeline.js", [script, timeline]],
]);

/** Nothing from elsewhere, nothing inline, no frame around it, no form that leaves it. */
const policy = [
  "default-src 'none'",
  ...["script-src", "style-src", "img-src", "connect-src"].map((kind) => `${kind} 'self'`),
  ...["base-uri", "form-action", "frame-ancestors"].map((kind) => `${kind} 'none'`),
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

/** What every answer of the page carries. */
export const safeHeaders: Readonly<Record<string, string>> = {
  "content-security-policy": policy,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-store",
};

/** A file of the page; undefined where there is none of that path. */
export function assetAt(path: string): Response | undefined {
  const [type, text] = assets.get(path) ?? [];
  if (type === undefined) return undefined;
  return new Response(text, { headers: { ...safeHeaders, "content-type": type } });
}
