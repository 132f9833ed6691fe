import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromium, errors } from "playwright-core";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { examples, root } from "../../../scripts/lib/paths.mjs";
import { recordPage } from "./pageRecords";
import type { PageRecords } from "./pageRecords";
import { findPanel, framesWithApp } from "./panel";
import type { Panel } from "./panel";
import { writeSettings } from "./settings";
import { themes } from "./theme";
import type { ThemeName } from "./theme";
import { until } from "./until";

export const screenshots = path.join(root, "test-results/screenshots");

const flags = [
  ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
  ...["--disable-component-update", "--disable-sync", "--force-color-profile=srgb"],
];

export interface Surroundings {
  workbench: { url: string; data: string };
  chromium: string;
}

export interface EditorOptions {
  theme?: ThemeName;
  settings?: Record<string, unknown>;
  size?: { width: number; height: number };
  /** What the address tells the workbench: development and test paths. */
  payload?: [string, string][];
  /** Called with the page before it goes anywhere. */
  prepare?: (page: Page) => Promise<void>;
}

/** Opens a window on a copy of examples/ of its own, so that a test may edit what it likes. */
export async function openEditor({ workbench, chromium: executablePath }: Surroundings, options: EditorOptions = {}): Promise<Editor> {
  // Of the same name as the original: it stands in the pictures.
  const folder = path.join(mkdtempSync(path.join(tmpdir(), "downhill-")), "examples");
  cpSync(examples, folder, { recursive: true });
  writeSettings(workbench.data, { "workbench.colorTheme": themes[options.theme ?? "dark"].setting, ...options.settings });
  const browser = await chromium.launch({ executablePath, args: flags });
  const context = await browser.newContext({ viewport: options.size ?? { width: 1400, height: 900 } });
  const page = await context.newPage();
  const records = await recordPage(page);
  await options.prepare?.(page);
  const address = new URL(workbench.url);
  address.searchParams.set("folder", folder);
  if (options.payload) address.searchParams.set("payload", JSON.stringify(options.payload));
  await page.goto(address.href);
  const editor = new Editor(page, context, browser, folder, records);
  await editor.ready();
  return editor;
}

/** A window of VS Code, as a person at the keyboard has it. */
export class Editor {
  constructor(
    readonly page: Page,
    private readonly context: BrowserContext,
    private readonly browser: Browser,
    /** The open folder: a copy of examples/. */
    readonly folder: string,
    readonly records: PageRecords,
  ) {}

  /** Waits until the workbench has restored and its extension host answers. */
  async ready(): Promise<void> {
    await this.page.locator(".monaco-workbench .part.editor").waitFor({ timeout: 60_000 });
    await this.page.locator(".monaco-workbench .explorer-folders-view .monaco-list-row").first().waitFor({ timeout: 60_000 });
  }

  /** Opens a file of the folder by its path, through the Open File dialog (Quick Open would need ripgrep). */
  async openFile(name: string, group: "first" | "second" = "first"): Promise<void> {
    await this.focusGroup(group);
    await this.run("File: Open File...");
    const input = this.page.locator(".quick-input-widget input");
    const rows = this.page.locator(".quick-input-list .monaco-list-row");
    // The dialog writes the folder it begins in once it has listed it, over anything typed before.
    await rows.filter({ hasText: ".." }).first().waitFor();
    await input.fill(path.join(this.folder, name));
    await rows.filter({ hasText: path.basename(name) }).first().waitFor();
    await this.page.keyboard.press("Enter");
    await this.page.locator(`.editor-group-container.active .tab.active[data-resource-name="${path.basename(name)}"]`).waitFor();
    await this.focusText(group);
  }

  async focusGroup(group: "first" | "second"): Promise<void> {
    await this.run("View: Focus First Editor Group");
    if (group === "second") await this.run("View: Focus Right Editor Group");
  }

  /** Puts the keyboard in the text that an editor group shows. */
  async focusText(group: "first" | "second" = "first"): Promise<void> {
    await this.focusGroup(group);
    await this.page.locator(".editor-group-container.active .monaco-editor.focused").first().waitFor();
  }

  /** Puts the cursor at a place given by the text that follows it (one line's worth), in the file as it is on disk. */
  async putCursor(file: string, before: string): Promise<void> {
    const text = readFileSync(path.join(this.folder, file), "utf8");
    const offset = text.indexOf(before);
    if (offset < 0) throw new Error(`${file} does not contain ${JSON.stringify(before)}`);
    const lines = text.slice(0, offset).split("\n");
    await this.goTo(lines.length, (lines.at(-1)?.length ?? 0) + 1);
  }

  /** Selects a piece of one line, the way a person does with the keyboard. */
  async select(file: string, piece: string): Promise<void> {
    await this.putCursor(file, piece);
    for (let count = 0; count < piece.length; count++) await this.page.keyboard.press("Shift+ArrowRight");
  }

  /** Line and column as the status bar counts them, from 1. */
  async goTo(line: number, column: number): Promise<void> {
    await this.page.keyboard.press("Control+KeyG");
    const input = this.page.locator(".quick-input-widget input");
    await input.waitFor();
    await input.fill(`:${line}:${column}`);
    await this.page.keyboard.press("Enter");
    await this.page.locator("#status\\.editor\\.selection").filter({ hasText: `Ln ${line}, Col ${column}` }).waitFor();
  }

  /** Types over whatever is selected, or at the cursor. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  /** Runs a command by the title it has in the palette. */
  async run(title: string): Promise<void> {
    const input = this.page.locator(".quick-input-widget input");
    // Whatever gets the focus a moment late, a webview that is shown again, closes the palette: then one presses the key again.
    const typed = async (): Promise<boolean> => {
      await this.page.keyboard.press("F1");
      try {
        await input.waitFor({ timeout: 5000 });
        await input.fill(`>${title}`, { timeout: 2000 });
        return true;
      } catch (problem) {
        if (problem instanceof errors.TimeoutError) return false;
        throw problem;
      }
    };
    await until("the palette stays open", typed, (done) => done);
    // The list's own label adds the key; the best match by VS Code's reckoning is not always the one that was named.
    const rows = this.page.locator(".quick-input-list .monaco-list-row");
    await rows.and(this.page.locator(`[aria-label="${title}"], [aria-label^="${title},"]`)).first().click();
    // Either the list closes, or the command asks something in its place.
    const taken = async (): Promise<boolean> => (await input.isHidden()) || !(await input.inputValue()).startsWith(">");
    await until(`the palette takes "${title}"`, taken, (done) => done);
  }

  /** Presses a key chord, say "ControlOrMeta+Alt+KeyD". */
  async press(chord: string): Promise<void> {
    await this.page.keyboard.press(chord);
  }

  /** The Downhill panel, once it is there and has drawn something. */
  async panel(): Promise<Panel> {
    return findPanel(this.page);
  }

  /** What the Problems view lists, as a screen reader would say it. */
  async problems(): Promise<string[]> {
    await this.run("Problems: Focus on Problems View");
    const rows = this.page.locator(".markers-panel .monaco-list-row[aria-level='2']");
    return rows.evaluateAll((elements) => elements.map((element) => element.getAttribute("aria-label") ?? element.textContent));
  }

  /** Notifications on screen. */
  async notifications(): Promise<string[]> {
    return this.page.locator(".notification-toast .notification-list-item-message").allInnerTexts();
  }

  /** Chooses a theme while the window is open, through the picker. */
  async setTheme(theme: ThemeName): Promise<void> {
    await this.run("Preferences: Color Theme");
    await this.page.locator(".quick-input-widget input").fill(themes[theme].label);
    await this.page.locator(".quick-input-list .monaco-list-row").filter({ hasText: themes[theme].label }).first().click();
    await this.page.locator(`.monaco-workbench.${themes[theme].className}`).first().waitFor();
  }

  /** Loads the window anew, once its state is kept: a workbench in a browser writes it away every five seconds, when idle. */
  async reload(): Promise<void> {
    await this.page.waitForTimeout(6500);
    await this.page.reload();
    await this.ready();
  }

  /** Keeps a picture in test-results/screenshots, taken once the panel's typefaces are there, and says where. */
  async screenshot(name: string): Promise<string> {
    mkdirSync(screenshots, { recursive: true });
    for (const frame of await framesWithApp(this.page)) await frame.evaluate(() => document.fonts.ready.then(() => undefined));
    const file = path.join(screenshots, `${name}.png`);
    await this.page.screenshot({ path: file });
    return file;
  }

  async close(): Promise<void> {
    await this.context.close();
    await this.browser.close();
    rmSync(path.dirname(this.folder), { recursive: true, force: true });
  }
}
