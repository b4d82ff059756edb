import { byId, copyButton, element, table } from "./dom.js";

const titles = ["Provider", "Default model", "CLI", "SDK", "Keys"];

/** What this machine has of each provider. */
export function showMachine(providers) {
  const rows = providers.map(({ provider, model, cli, sdk, keys, baseUrl, standby }) => [
    provider,
    model,
    available(cli, standby),
    available(sdk),
    [
      keys.map(({ source }) => source).join(", ") || "none",
      baseUrl && element("small", {}, `at ${baseUrl.url}`),
    ],
  ]);
  byId("machine").replaceChildren(
    rows.length > 0
      ? table("CLIs, SDKs and keys of this machine", titles, rows)
      : element("p", { class: "none" }, "This server was told of no provider."),
  );
}

function available(mode, standby) {
  if (mode === undefined) return "there is none";
  if (!mode.available) {
    const why = element("small", {}, `${mode.reason} ${mode.fix}`);
    return [element("span", { class: "tag failure" }, mode.code), why];
  }
  const notes = [
    mode.version,
    mode.login === true && "logged in",
    mode.login === false && "no login",
    standby && `${standby.waiting} of ${standby.count} waiting`,
  ];
  const said = notes.filter(Boolean).join(", ");
  return [element("span", { class: "tag hit" }, "ready"), said && element("small", {}, said)];
}

/** Settings for the usual clients, as they are copied. */
export function showSettings(settings, models) {
  const model = models[0] ?? "provider/model";
  const written = (text) =>
    text.replaceAll("{origin}", location.origin).replaceAll("{model}", model);
  const shown = element("code", {});
  const note = element("p", {});
  const select = element(
    "select",
    {},
    settings.map(({ name }, index) => element("option", { value: index }, name)),
  );
  const show = () => {
    const chosen = settings[select.value];
    shown.textContent = written(chosen.text);
    note.textContent = written(chosen.note);
  };
  select.addEventListener("change", show);
  show();
  byId("settings").replaceChildren(
    element("label", {}, "Client ", select),
    note,
    element("pre", { tabindex: 0, role: "region", "aria-label": "Settings to copy" }, shown),
    copyButton(() => shown.textContent, shown, "the settings"),
  );
}
