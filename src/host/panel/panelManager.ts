import * as vscode from "vscode";
import type { Range } from "../../core/source/diagnostic";
import { contextKeys } from "../../shared/ids";
import { defaultDisplay } from "../../shared/defaults";
import type { DisplayIntent, PanelIntent } from "../../shared/intent";
import type { HostEvents, PlayerCommand, SourceSnapshot, WebviewRequests, WorkerRequests } from "../../shared/protocol";
import type { ExperimentName } from "../../shared/experiments";
import type { AboutObjective, QuestionName } from "../../shared/questions";
import type { CallContext, Handlers, ProgressOf, RequestOf, ResponseOf } from "../../shared/rpc";
import { restoredDisplay, restoredIntent } from "../../shared/validate";
import { Session } from "../session/session";
import type { SessionPorts } from "../session/session";
import { Panel } from "./panel";

export interface PanelManagerPorts {
  extensionUri: vscode.Uri;
  session: Omit<SessionPorts, "show" | "remember">;
  memory: IntentMemory;
  displayMemory: DisplayMemory;
  reveal: (uri: string, range: Range) => void;
  /** Into the clipboard. */
  copy: (text: string) => Promise<void>;
  log: (line: string) => void;
}

/** Survives a reload of the window. What it gives back may be anything. */
export interface IntentMemory {
  keep(intent: PanelIntent): void;
  recall(): unknown;
}

/** How the panel was looked at last, in whatever window. What it gives back may be anything. */
export interface DisplayMemory {
  keep(display: DisplayIntent): void;
  recall(): unknown;
}

/** What the panel was told, for the tests that run inside the editor. */
export interface PanelState {
  listening: boolean;
  told: Partial<HostEvents>;
}

/** At most one panel, and the session it shows. */
export class PanelManager implements vscode.WebviewPanelSerializer, vscode.Disposable {
  private panel: Panel | undefined;
  private session: Session | undefined;
  /** The panel's last change that the session was told of. */
  private heard = 0;

  constructor(private readonly ports: PanelManagerPorts) {}

  get state(): PanelState | undefined {
    return this.panel && { listening: this.panel.isListening, told: this.panel.told };
  }

  get current(): Session | undefined {
    return this.session;
  }

  /** Shows what the person has just pointed at, beside what they are looking at. */
  open(intent: PanelIntent): void {
    if (this.panel) this.panel.reveal();
    else this.adopt(Panel.create(this.ports.extensionUri));
    this.begin(intent, false);
  }

  player(command: PlayerCommand): void {
    this.panel?.show("player", { command });
  }

  /** After a reload of the window: the editor has kept the panel's place and its intent, and nothing else. */
  deserializeWebviewPanel(webviewPanel: vscode.WebviewPanel, state: unknown): Promise<void> {
    this.panel?.close();
    this.adopt(webviewPanel);
    const restored = restoredIntent(state);
    if (restored.ok) this.begin(newest(restored.value, this.ports.memory.recall()), true);
    else this.ports.log(`The panel could not be restored: ${restored.problem}`);
    return Promise.resolve();
  }

  /** The extension ends, the panel stays: it belongs to the window, which restores it. */
  dispose(): void {
    this.end();
    this.panel?.dispose();
  }

  private adopt(webviewPanel: vscode.WebviewPanel): void {
    const panel = new Panel(webviewPanel, this.ports.extensionUri, this.handlers(), this.ports.log);
    this.panel = panel;
    const follow = webviewPanel.onDidChangeViewState(() => setContext("panelFocused", webviewPanel.active));
    webviewPanel.onDidDispose(() => {
      follow.dispose();
      panel.dispose();
      if (this.panel !== panel) return;
      this.panel = undefined;
      this.end();
      setContext("panelOpen", false);
      setContext("panelFocused", false);
    });
    setContext("panelOpen", true);
    setContext("panelFocused", webviewPanel.active);
  }

  private begin(intent: PanelIntent, restored: boolean): void {
    this.end();
    const session = new Session(intent, {
      ...this.ports.session,
      remember: (now) => this.ports.memory.keep(now),
      show: (name, snapshot) => { if (this.session === session) this.show(name, snapshot); },
    }, restored);
    this.session = session;
    session.showAll();
    void session.read();
  }

  private show<K extends keyof HostEvents>(name: K, snapshot: HostEvents[K]): void {
    const numbered = isSource(snapshot) ? { ...snapshot, heard: this.heard } : snapshot;
    this.panel?.show(name, numbered);
  }

  private end(): void {
    this.session?.dispose();
    this.session = undefined;
  }

  private display(): DisplayIntent {
    const restored = restoredDisplay(this.ports.displayMemory.recall());
    return restored.ok ? restored.value : defaultDisplay;
  }

  private async ask<K extends QuestionName>(
    name: K, question: AboutObjective & RequestOf<WorkerRequests[K]>, { signal }: CallContext,
  ): Promise<ResponseOf<WorkerRequests[K]>> {
    if (!this.session) throw new Error("There is nothing to ask about.");
    return this.session.ask(name, question, signal);
  }

  /** The same of what takes long: the panel is told how far it is, and leads it. */
  private async follow<K extends ExperimentName>(
    name: K, question: AboutObjective & RequestOf<WorkerRequests[K]>, { signal, steering, tell }: CallContext<ProgressOf<WorkerRequests[K]>>,
  ): Promise<ResponseOf<WorkerRequests[K]>> {
    if (!this.session) throw new Error("There is nothing to try.");
    return this.session.ask(name, question, signal, { onProgress: tell, steering });
  }

  private handlers(): Handlers<WebviewRequests> {
    return {
      ready: ({ restored }) => {
        // A page that has just come up counts from the beginning.
        this.heard = 0;
        this.panel?.show("display", this.display());
        if (!this.session && restored) this.begin(restored, true);
        else this.session?.showAll();
        return null;
      },
      descend: async ({ descent, edit }) => {
        this.heard = edit ?? this.heard;
        await this.session?.descend(descent);
        return null;
      },
      view: async ({ window, columns, rows, edit }) => {
        this.heard = edit ?? this.heard;
        await this.session?.view(window, { columns, rows });
        return null;
      },
      choose: async ({ choice, edit }) => {
        this.heard = edit ?? this.heard;
        await this.session?.choose(choice);
        return null;
      },
      code: ({ dialect }) => {
        if (!this.session) throw new Error("There is nothing to print.");
        return this.session.code(dialect);
      },
      display: ({ display }) => {
        this.ports.displayMemory.keep(display);
        return null;
      },
      hessian: (question, context) => this.ask("hessian", question, context),
      steps: (question, context) => this.ask("steps", question, context),
      sweep: (question, context) => this.ask("sweep", question, context),
      quotients: (question, context) => this.ask("quotients", question, context),
      stationary: (question, context) => this.ask("stationary", question, context),
      minibatch: (question, context) => this.ask("minibatch", question, context),
      equations: (question, context) => this.ask("equations", question, context),
      race: (question, context) => this.follow("race", question, context),
      rates: (question, context) => this.follow("rates", question, context),
      outcomes: (question, context) => this.follow("outcomes", question, context),
      basins: (question, context) => this.follow("basins", question, context),
      copy: async ({ text }) => {
        await this.ports.copy(text);
        return null;
      },
      evaluate: ({ x }) => {
        if (!this.session) throw new Error("There is nothing to evaluate.");
        return this.session.evaluate(x);
      },
      reveal: ({ range }) => {
        if (this.session) this.ports.reveal(this.session.uri, range);
        return null;
      },
      cancel: () => {
        this.session?.cancel();
        return null;
      },
      steer: ({ wish }) => {
        this.session?.steer(wish);
        return null;
      },
    };
  }
}

function isSource(snapshot: HostEvents[keyof HostEvents]): snapshot is SourceSnapshot {
  return snapshot !== null && "intent" in snapshot;
}

/**
 * The editor writes down a webview's state now and then, the workspace's memory at once: after a window was reloaded in the
 * middle of typing, the webview's may be some keystrokes behind the text, and its selection would cut a formula short.
 */
function newest(state: PanelIntent, memory: unknown): PanelIntent {
  const remembered = restoredIntent(memory);
  return remembered.ok && remembered.value.source.uri === state.source.uri ? remembered.value : state;
}

function setContext(key: keyof typeof contextKeys, value: boolean): void {
  void vscode.commands.executeCommand("setContext", contextKeys[key], value);
}
