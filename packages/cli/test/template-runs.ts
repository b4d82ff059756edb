import { none, type Runs, text } from "./command-run.ts";

export const templateRuns = (file: (name: string) => string): Runs => ({
  "templates list": {
    args: [],
    stdout: /^template +wants +begins\nreview +diff +Review this diff:\n$/,
    stderr: none,
    json: {
      folder: text,
      templates: [{ name: "review", path: text, params: ["diff"], begins: "Review this diff:" }],
    },
  },
  "templates show": {
    args: ["review"],
    stdout: /^Review this diff:\n\{\{diff\}\}\n$/,
    stderr: none,
  },
  "templates add": {
    args: ["other", file("some.md")],
    stdout: none,
    stderr: /^acc: The template is .*other\.md\. Use it: acc chat -t other\n$/,
  },
});
