import "./standardsMode";
import { afterEach, beforeEach } from "vitest";
import type { PanelIntent } from "../../src/shared/intent";
import type { HostEvents } from "../../src/shared/protocol";
import { wrapNonFinite } from "../../src/shared/nonFinite";
import { startApp } from "../../webview/app";
import type { FrameClock } from "../../webview/player";
import { createMemoryApi } from "../../webview/vscodeApi";

/*
 * The whole app in a DOM without pixels: what the host says arrives as real message events, what a person does as real
 * pointer and key events; what is looked at is what they would read.
 */

export interface Posted {
  readonly kind: "request" | "cancel";
  readonly id: number;
  readonly name: string;
  readonly body: Record<string, unknown>;
}

export interface BootOptions {
  readonly restored?: PanelIntent;
  readonly reducedMotion?: boolean;
  readonly clock?: FrameClock;
}

const idleClock: FrameClock = { now: () => 0, request: () => 1, cancel: () => undefined };

/** A page of its own for every test of a file, with the panel in it once it is booted. */
export function usePanel() {
  let api = createMemoryApi();
  let root: HTMLElement = document.body;
  let stop: (() => void) | undefined;

  beforeEach(() => {
    document.body.innerHTML = '<div id="app"></div>';
    document.body.className = "vscode-light";
    delete document.documentElement.dataset["size"];
    const app = document.getElementById("app");
    if (!app) throw new Error("The page has no app.");
    root = app;
  });
  afterEach(() => {
    stop?.();
    stop = undefined;
  });

  function boot({ restored, clock = idleClock, reducedMotion = true }: BootOptions = {}): void {
    stop?.();
    api = createMemoryApi(restored);
    stop = startApp({ root, api, clock, reducedMotion: () => reducedMotion });
  }

  /** Two frames: one that draws, and one that is surely after it. */
  async function frame(): Promise<void> {
    for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => requestAnimationFrame(() => resolve(undefined)));
  }

  async function receive(message: unknown): Promise<void> {
    window.dispatchEvent(new MessageEvent("message", { data: wrapNonFinite(message) }));
    await frame();
  }

  const host = <K extends keyof HostEvents>(name: K, body: HostEvents[K]): Promise<void> => receive({ kind: "event", name, body });
  const posted = (kind: Posted["kind"]): Posted[] => (api.posted as Posted[]).filter((message) => message.kind === kind);
  const requests = (name: string): Posted[] => posted("request").filter((message) => message.name === name);

  /** Answers a request, or the latest of a name. */
  async function answer(which: Posted | string | undefined, body: unknown = null): Promise<void> {
    const request = typeof which === "string" ? requests(which).at(-1) : which;
    if (!request) throw new Error("There is no such request to answer.");
    await receive({ kind: "reply", id: request.id, ok: true, body });
  }

  const all = (testid: string): HTMLElement[] => [...root.querySelectorAll<HTMLElement>(`[data-testid="${testid}"]`)];

  function at(testid: string): HTMLElement {
    const [found] = all(testid);
    if (!found) throw new Error(`Nothing on screen is called ${testid}.`);
    return found;
  }

  const text = (testid: string): string => at(testid).textContent;

  async function press(testid: string): Promise<void> {
    at(testid).click();
    await frame();
  }

  return {
    boot, frame, host, posted, requests, answer, all, at, text, press,
    get root() {
      return root;
    },
    get api() {
      return api;
    },
  };
}
