/** What has to be in the page. */
export const byId = (id) => document.getElementById(id);

/** An element; texts become text, whatever they hold, and absent children nothing. */
export function element(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** The same within an SVG. */
export function shape(tag, attributes = {}, ...children) {
  return filled(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== undefined && value !== false) node.setAttribute(name, String(value));
  }
  node.append(...children.flat().filter((child) => child !== undefined && child !== ""));
  return node;
}

/**
 * A table that is one for a screen reader too where a narrow screen shows each row as a block. `rows` are
 * lists of cells: texts, nodes, or lists of them.
 */
export function table(caption, titles, rows) {
  const cell = (content, index) =>
    element(
      index === 0 ? "th" : "td",
      {
        role: index === 0 ? "rowheader" : "cell",
        scope: index === 0 && "row",
        "data-label": titles[index],
      },
      content,
    );
  return element(
    "table",
    { role: "table" },
    element("caption", { class: "unseen" }, caption),
    element(
      "thead",
      { role: "rowgroup" },
      element(
        "tr",
        { role: "row" },
        titles.map((title) => element("th", { role: "columnheader", scope: "col" }, title)),
      ),
    ),
    element(
      "tbody",
      { role: "rowgroup" },
      rows.map((cells) => element("tr", { role: "row" }, cells.map(cell))),
    ),
  );
}

/** A button that copies a text; where the browser does not let it, it selects what shows the text. */
export function copyButton(text, shown, what) {
  const button = element("button", { type: "button", "aria-label": `Copy ${what}` }, "Copy");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text());
      button.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(shown);
      button.textContent = "Selected";
    }
    setTimeout(() => {
      button.textContent = "Copy";
    }, 2000);
  });
  return button;
}

/** Opens the page's one dialog; what it held is gone once it is closed. */
export function openDialog(title, ...content) {
  const dialog = byId("dialog");
  dialog.replaceChildren(element("h2", { id: "dialog-title" }, title), ...content);
  dialog.addEventListener("close", () => dialog.replaceChildren(), { once: true });
  dialog.showModal();
  return dialog;
}
