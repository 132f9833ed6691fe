import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Page } from "playwright-core";
import { screenshots } from "./editor";

export interface Exhibit {
  readonly caption: string;
  /** PNG, one beneath the other. */
  readonly pictures: readonly Buffer[];
}

/** Keeps pictures on a page in test-results/screenshots, a column each under its caption, to be read by eye. */
export async function contactSheet(page: Page, name: string, exhibits: readonly Exhibit[]): Promise<void> {
  const sheet = await page.context().newPage();
  await sheet.setContent('<body style="display: inline-flex; gap: 12px; margin: 12px; align-items: flex-start; background: #ccc; font: 15px monospace"></body>');
  await sheet.evaluate(async (columns) => {
    for (const { caption, sources } of columns) {
      const column = document.createElement("figure");
      column.style.cssText = "display: flex; flex-direction: column; gap: 4px; margin: 0; padding: 6px; background: white";
      const head = document.createElement("figcaption");
      head.textContent = caption;
      column.append(head);
      for (const source of sources) {
        const picture = new Image();
        picture.src = source;
        await picture.decode();
        column.append(picture);
      }
      document.body.append(column);
    }
  }, exhibits.map(({ caption, pictures }) => ({ caption, sources: pictures.map((png) => `data:image/png;base64,${png.toString("base64")}`) })));
  mkdirSync(screenshots, { recursive: true });
  await sheet.locator("body").screenshot({ path: path.join(screenshots, `${name}.png`) });
  await sheet.close();
}
