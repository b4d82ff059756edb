import { library } from "../../tsup.config.base.ts";

/** The tests' tools and the folder's name are built apart: what they share would be files of their own. */
export default [
  library(["src/index.ts"]),
  library(["src/directory.ts"]),
  library(["src/testing.ts"]),
];
