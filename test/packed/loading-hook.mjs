import { appendFileSync } from "node:fs";

let record;

export function initialize(path) {
  record = path;
}

export function load(url, context, next) {
  appendFileSync(record, `${url}\n`);
  return next(url, context);
}
