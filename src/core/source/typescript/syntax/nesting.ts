import { Refusal } from "./refusal";

/** Said of text that cannot be walked over: at its deepest bracket or, where brackets are not it, at its longest line. */
export function nestsTooDeeply(text: string): Refusal {
  let depth = 0;
  let deepest = { depth: 0, at: 0 };
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if ("([{".includes(character) && ++depth > deepest.depth) deepest = { depth, at: i };
    else if (")]}".includes(character)) depth--;
  }
  const hint = "Give the parts names of their own, or use a loop.";
  if (deepest.depth > 100) return new Refusal("E106", "This nests too deeply to be read.", hint, { start: deepest.at, end: deepest.at + 1 });
  let start = 0;
  let longest = { start: 0, end: 0 };
  for (const line of text.split("\n")) {
    if (line.length > longest.end - longest.start) longest = { start, end: start + line.length };
    start += line.length + 1;
  }
  return new Refusal("E106", "This expression is too long to be read.", hint, longest);
}
