/**
 * The few globals that exist wherever this folder runs: extension host, worker, webview. Neither the DOM's nor Node's
 * types are visible here, so that nothing else of theirs compiles.
 */
interface AbortSignal {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

interface AbortController {
  readonly signal: AbortSignal;
  abort(): void;
}

declare const AbortController: { new (): AbortController };

interface TimerHandle {
  readonly timer: unique symbol;
}

declare function setTimeout(callback: () => void, milliseconds: number): TimerHandle;
declare function clearTimeout(handle: TimerHandle): void;
