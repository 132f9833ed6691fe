import { describe, expect, it } from "vitest";
import { panelHtml } from "../../../src/host/panel/html";

const page = panelHtml({
  cspSource: "https://*.vscode-cdn.net", nonce: "AbC+/1==", script: "https://x/dist/webview/main.js",
  style: "https://x/dist/webview/main.css?a=1&b=2", title: 'A "title" <b>', language: "ko",
});

describe("the page of the panel", () => {
  it("forbids everything but its own script, styles, fonts and pictures", () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1];
    expect(policy).toBe(
      "default-src 'none'; img-src https://*.vscode-cdn.net data: blob:; font-src https://*.vscode-cdn.net; " +
      "style-src https://*.vscode-cdn.net 'nonce-AbC+/1=='; script-src 'nonce-AbC+/1=='",
    );
  });

  it("has one script and no inline script, style or handler", () => {
    expect(page.match(/<script\b[^>]*>/g)).toEqual(['<script nonce="AbC+/1==" src="https://x/dist/webview/main.js">']);
    expect(page).not.toMatch(/<style|style=|\son\w+=/);
  });

  it("offers the nonce to those who make styles, and a place to draw", () => {
    expect(page).toContain('<meta property="csp-nonce" content="AbC+/1==">');
    expect(page).toContain('<div id="app"></div>');
  });

  it("escapes what it is given", () => {
    expect(page).toContain("<title>A &quot;title&quot; &lt;b></title>");
    expect(page).toContain('href="https://x/dist/webview/main.css?a=1&amp;b=2"');
  });
});
