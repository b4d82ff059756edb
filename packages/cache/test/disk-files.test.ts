import { describe, test } from "vitest";
import { diskSuites } from "./suites/disk-suites.ts";
import { filesGround } from "./support/ground.ts";

describe("files", () => diskSuites(test, filesGround));
