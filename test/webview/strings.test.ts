import { expect, it } from "vitest";
import { strings } from "../../webview/strings";
import { korean } from "../../webview/strings.ko";

/** Every sentence, with sentences that are made from values made from some. */
function sentences(words: unknown, path = ""): [string, string][] {
  if (typeof words === "string") return [[path, words]];
  if (typeof words === "function") return [[path, String((words as (...values: unknown[]) => unknown)([1], [2], 3, 4, 5))]];
  return Object.entries(words as Record<string, unknown>).flatMap(([key, inner]) => sentences(inner, `${path}.${key}`));
}

it("the panel says in Korean all it says in English", () => {
  const [english, translated] = [sentences(strings), sentences(korean)];
  expect(translated.map(([path]) => path)).toEqual(english.map(([path]) => path));
  const same = translated.filter(([path, text], i) => text === english[i]?.[1] && /[a-z]{4}/i.test(text.replace(/TypeScript|JavaScript|Python|LaTeX/g, "")) && !path.startsWith(".empty.examples"));
  expect(same).toEqual([]);
});
