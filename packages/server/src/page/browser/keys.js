import { byId, copyButton, element, openDialog, table } from "./dom.js";
import { count, date, dollars } from "./format.js";
import { ask } from "./server.js";

const titles = [
  "Name",
  "Tenant",
  "Models",
  "Calls a minute",
  "Tokens a minute",
  "Budget",
  "Ends",
  "",
];
const fields = [
  { name: "name", label: "Name", required: true, pattern: "[A-Za-z0-9][A-Za-z0-9._\\-]{0,63}" },
  { name: "tenant", label: "Tenant", hint: "shares answers with keys of the same tenant" },
  { name: "models", label: "Models", hint: "names or patterns, with commas; else all" },
  { name: "rpm", label: "Calls a minute", type: "number", min: 1, step: 1 },
  { name: "tpm", label: "Tokens a minute", type: "number", min: 1, step: 1 },
  { name: "expires", label: "Ends on", type: "date" },
  { name: "usd", label: "Budget in US dollars", type: "number", min: 0.01, step: 0.01 },
];

/** Whether who looks may change keys. */
let mayChange = false;

export function letChangeKeys(may) {
  mayChange = may;
  byId("new-key").hidden = !may;
}

/** Shows the keys as they are now. */
export async function showKeys() {
  const { keys, damaged = [] } = await ask("GET", "/acc/keys");
  const rows = keys.map((key) => cellsOf(key));
  byId("key-list").replaceChildren(
    rows.length > 0
      ? table("Keys and what they used of their limits", titles, rows)
      : element("p", { class: "none" }, "There is no key yet. The owner needs none."),
    ...damaged.map((message) => element("p", { class: "problem" }, message)),
  );
}

function cellsOf(key) {
  const { name, tenant, models, rpm, tpm, budget, expires, used = {} } = key;
  const per = budget && `a ${budget.per}`;
  return [
    name,
    tenant === undefined || tenant.startsWith("key:") ? "its own" : tenant,
    models?.join(", ") ?? "all",
    meter(`Calls of ${name} this minute`, used.calls, rpm, count),
    meter(`Tokens of ${name} this minute`, used.tokens, tpm, count),
    meter(`Budget of ${name} this ${budget?.per}`, used.usd, budget?.usd, dollars, per),
    expires === undefined ? "never" : date(expires),
    mayChange
      ? element("button", { type: "button", click: () => confirmRevoke(name) }, `Revoke ${name}`)
      : "",
  ];
}

function meter(label, used = 0, limit, said, per) {
  if (limit === undefined) return "no limit";
  const text = [`${said(used)} of ${said(limit)}`, per].filter(Boolean).join(" ");
  const bounds = {
    min: 0,
    max: limit,
    optimum: 0,
    high: limit * 0.8,
    value: Math.min(used, limit),
  };
  return [element("meter", { ...bounds, "aria-label": label }, text), element("small", {}, text)];
}

function confirmRevoke(name) {
  const problem = element("p", { class: "problem", role: "alert" });
  const revoke = async () => {
    try {
      await ask("DELETE", `/acc/keys/${encodeURIComponent(name)}`);
      dialog.close();
      await showKeys();
      byId("new-key").firstElementChild.focus();
    } catch (error) {
      problem.textContent = error.message;
    }
  };
  const dialog = openDialog(
    `Revoke ${name}?`,
    element("p", {}, "Programs that use it are refused from now on. It cannot be brought back."),
    problem,
    element(
      "div",
      { class: "buttons" },
      element(
        "button",
        { type: "button", autofocus: true, click: () => dialog.close() },
        "Keep it",
      ),
      element("button", { type: "button", class: "danger", click: revoke }, "Revoke"),
    ),
  );
}

/** Fills the form that makes a key. */
export function prepareForm() {
  const problem = element("p", { class: "problem", role: "alert" });
  byId("key-form").replaceChildren(
    ...fields.map(field),
    element(
      "p",
      {},
      element("label", { for: "key-per" }, "Budget for each"),
      element(
        "select",
        { name: "per", id: "key-per" },
        element("option", {}, "day"),
        element("option", {}, "month"),
      ),
    ),
    problem,
    element("div", { class: "buttons" }, element("button", { type: "submit" }, "Make the key")),
  );
  byId("key-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    problem.textContent = "";
    try {
      const { token } = await ask("POST", "/acc/keys", asked(new FormData(event.target)));
      event.target.reset();
      showToken(token);
      await showKeys();
    } catch (error) {
      problem.textContent = error.message;
    }
  });
}

function field({ label, hint, ...attributes }) {
  const id = `key-${attributes.name}`;
  const note = hint && { "aria-describedby": `${id}-hint` };
  return element(
    "p",
    {},
    element("label", { for: id }, label),
    element("input", { id, ...attributes, ...note }),
    hint && element("small", { id: `${id}-hint` }, hint),
  );
}

/** The form as the server takes it: what is empty is left out. */
function asked(data) {
  const text = (name) => data.get(name).trim() || undefined;
  const number = (name) => (text(name) === undefined ? undefined : Number(text(name)));
  const [models, usd, ends] = [text("models"), number("usd"), text("expires")];
  return {
    name: text("name"),
    tenant: text("tenant"),
    models: models?.split(",").map((model) => model.trim()),
    rpm: number("rpm"),
    tpm: number("tpm"),
    budget: usd === undefined ? undefined : { usd, per: data.get("per") },
    expires: ends === undefined ? undefined : new Date(`${ends}T23:59:59.999`).getTime(),
  };
}

function showToken(token) {
  const shown = element("code", { class: "token" }, token);
  const dialog = openDialog(
    "The new key",
    element("p", {}, "Copy it now: it is kept as a hash, and shown this once."),
    element("p", {}, shown),
    element(
      "div",
      { class: "buttons" },
      copyButton(() => token, shown, "the key"),
      element("button", { type: "button", click: () => dialog.close() }, "Done"),
    ),
  );
}
