import { expect, it } from "vitest";
import { importsOf } from "../../../src/worker/importsOf";

it("finds every kind of import once", () => {
  const text = `
    import { a } from "./a";
    import type { T } from './types.js'
    import "./side";
    export * from "../b";
    const c = require("./c"), again = require( './a' );
    const d = await import("./d.json");
    import {
      e,
    } from "./e";`;
  expect(importsOf(text, "typescript").sort()).toEqual(["../b", "./a", "./c", "./d.json", "./e", "./side", "./types.js"]);
});

it("finds none in mathematics", () => expect(importsOf('from "./a"', "math")).toEqual([]));
it("works on a program that does not parse", () => expect(importsOf('import x from "./x"; function (', "javascript")).toEqual(["./x"]));
