/**
 * The few globals the engine may assume beside ECMAScript. They exist in every place it runs (Node, browsers, workers);
 * neither the DOM's nor Node's types are visible here, so nothing else of theirs compiles.
 */
interface AbortSignal {
  readonly aborted: boolean;
}
