import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { panelViewType } from "../../shared/ids";
import { wrapNonFinite } from "../../shared/nonFinite";
import type { HostEvents, WebviewRequests } from "../../shared/protocol";
import { Rpc } from "../../shared/rpc";
import type { Handlers } from "../../shared/rpc";
import { webviewChecks } from "../../shared/validate";
import type { HostSays, WebviewSays } from "../../shared/voices";
import type { Port } from "../../shared/wire";
import { panelHtml } from "./html";

const folders = (extensionUri: vscode.Uri): vscode.Uri[] => [
  vscode.Uri.joinPath(extensionUri, "dist", "webview"),
  vscode.Uri.joinPath(extensionUri, "media"),
];

const options = (extensionUri: vscode.Uri): vscode.WebviewOptions => ({
  enableScripts: true,
  localResourceRoots: folders(extensionUri),
});

/** One webview panel and the wire to it. Says nothing before the page is up, while it is hidden, or after it is gone. */
export class Panel implements vscode.Disposable {
  private readonly rpc: Rpc<HostSays, WebviewSays>;
  private readonly subscriptions: vscode.Disposable[] = [];
  /** A hidden page is thrown away by the editor; it says `ready` again when it is back. */
  private listening = false;
  /** The newest of each kind that was sent. */
  readonly told: Partial<HostEvents> = {};

  constructor(
    private readonly panel: vscode.WebviewPanel,
    extensionUri: vscode.Uri,
    handlers: Handlers<WebviewRequests>,
    log: (line: string) => void,
  ) {
    const { webview } = panel;
    webview.options = options(extensionUri);
    panel.iconPath = vscode.Uri.joinPath(extensionUri, "media", "icon.svg");
    this.rpc = new Rpc<HostSays, WebviewSays>(portOf(webview), {
      serve: {
        ...handlers,
        ready: (body, context) => {
          this.listening = true;
          return handlers.ready(body, context);
        },
      },
      hear: {},
      checks: webviewChecks,
      onProblem: log,
    });
    panel.onDidChangeViewState(() => { if (!panel.visible) this.listening = false; }, undefined, this.subscriptions);
    const address = (name: string): string =>
      webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, "dist", "webview", name)).toString();
    webview.html = panelHtml({
      cspSource: webview.cspSource,
      nonce: randomBytes(16).toString("base64"),
      script: address("main.js"),
      style: address("main.css"),
      title: panel.title,
      language: vscode.env.language,
    });
  }

  static create(extensionUri: vscode.Uri): vscode.WebviewPanel {
    const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    return vscode.window.createWebviewPanel(panelViewType, "Downhill", place, options(extensionUri));
  }

  get isListening(): boolean {
    return this.listening;
  }

  show<K extends keyof HostEvents>(name: K, snapshot: HostEvents[K]): void {
    if (!this.listening) return;
    this.told[name] = snapshot;
    this.rpc.emit(name, snapshot);
  }

  reveal(): void {
    this.panel.reveal(undefined, true);
  }

  /** Ends the wire; the panel itself is closed by the person, or with `close`. */
  dispose(): void {
    this.listening = false;
    this.rpc.dispose();
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  close(): void {
    this.panel.dispose();
  }
}

function portOf(webview: vscode.Webview): Port {
  return {
    // Not awaited: it may stall while the panel is being moved to another window (microsoft/vscode#208263).
    post: (message) => void webview.postMessage(wrapNonFinite(message)),
    onMessage: (listener) => webview.onDidReceiveMessage(listener),
  };
}
