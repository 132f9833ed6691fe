import { expect } from "vitest";
import type { Frame, Locator, Page } from "playwright-core";

/** A webview is a frame in a frame; the inner one carries what Downhill drew. */
export async function findPanel(page: Page, timeout = 30_000): Promise<Panel> {
  const deadline = Date.now() + timeout;
  for (;;) {
    for (const frame of page.frames()) {
      if (frame !== page.mainFrame() && (await hasContent(frame))) return new Panel(page, frame);
    }
    if (Date.now() > deadline) {
      const frames = page.frames().map((frame) => frame.url());
      throw new Error(`No Downhill panel within ${timeout} ms. Frames: ${frames.join(", ")}`);
    }
    await page.waitForTimeout(50);
  }
}

async function hasContent(frame: Frame): Promise<boolean> {
  try {
    return (await frame.locator("[data-testid]").count()) > 0;
  } catch (error) {
    // A frame may go away between being listed and being asked, as it does when the panel is restored.
    if (error instanceof Error && /detached|destroyed|closed/i.test(error.message)) return false;
    throw error;
  }
}

/** The Downhill panel, read and worked by the `data-testid`s that webview/main.ts lists. */
export class Panel {
  constructor(
    readonly page: Page,
    readonly frame: Frame,
  ) {}

  part(testId: string): Locator {
    return this.frame.getByTestId(testId);
  }

  async text(testId: string): Promise<string> {
    return (await this.part(testId).innerText()).trim();
  }

  /** Waits until a part says something. */
  async says(testId: string, expected: string | RegExp, timeout = 20_000): Promise<void> {
    const polled = expect.poll(() => this.textIfThere(testId), { timeout, interval: 50 });
    await (typeof expected === "string" ? polled.toContain(expected) : polled.toMatch(expected));
  }

  private async textIfThere(testId: string): Promise<string> {
    const part = this.part(testId);
    return (await part.count()) > 0 ? part.first().innerText() : "";
  }

  async click(testId: string): Promise<void> {
    await this.part(testId).click();
  }

  /** Clicks a part at a place given as fractions of its width and height, from the top left. */
  async clickAt(testId: string, x: number, y: number): Promise<void> {
    const place = await this.pointIn(testId, x, y);
    await this.page.mouse.click(place.x, place.y);
  }

  /** Drags from one place to another, in fractions of the part. */
  async drag(testId: string, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
    const [begin, end] = [await this.pointIn(testId, from.x, from.y), await this.pointIn(testId, to.x, to.y)];
    await this.page.mouse.move(begin.x, begin.y);
    await this.page.mouse.down();
    await this.page.mouse.move(end.x, end.y, { steps: 12 });
    await this.page.mouse.up();
  }

  private async pointIn(testId: string, x: number, y: number): Promise<{ x: number; y: number }> {
    const box = await this.part(testId).boundingBox();
    if (!box) throw new Error(`${testId} is not on screen`);
    return { x: box.x + x * box.width, y: box.y + y * box.height };
  }
}
