import type { Frame, Locator, Page } from "playwright-core";
import { until } from "./until";

/** What `#app` says of itself; webview/main.ts explains each. */
export interface PanelState {
  view: "idle" | "loading" | "problem" | "ready";
  mode: "gradient" | "descend";
  stale: "true" | "false";
  dimension: string;
  landscape: "none" | "curve" | "contour";
  status: "none" | "converged" | "exhausted" | "diverged" | "failed" | "cancelled";
  iteration: string;
  iterations: string;
  playing: "true" | "false";
  running: "true" | "paused" | "false";
}

const app = "#app[data-view]";

/** A webview is a frame in a frame; the inner one carries what Downhill drew. */
export async function findPanel(page: Page, timeout = 30_000): Promise<Panel> {
  const [frame] = await until("a frame with the Downhill panel", () => framesWithApp(page), (found) => found.length > 0, timeout);
  if (!frame) throw new Error("unreachable: until() answers only with a frame");
  return new Panel(page, frame);
}

export async function framesWithApp(page: Page): Promise<Frame[]> {
  const found: Frame[] = [];
  for (const frame of page.frames()) if (frame !== page.mainFrame() && (await holdsApp(frame))) found.push(frame);
  return found;
}

async function holdsApp(frame: Frame): Promise<boolean> {
  try {
    return (await frame.locator(app).count()) > 0;
  } catch (error) {
    // A frame may go away between being listed and being asked, as it does when the panel is restored.
    if (error instanceof Error && /detached|destroyed|closed/i.test(error.message)) return false;
    throw error;
  }
}

/** The Downhill panel, read and worked by its `data-testid`s. */
export class Panel {
  constructor(
    readonly page: Page,
    readonly frame: Frame,
  ) {}

  part(testId: string): Locator {
    return this.frame.getByTestId(testId);
  }

  async state(): Promise<PanelState> {
    return this.frame.locator(app).evaluate((element) => Object.fromEntries(Object.entries(element.dataset)) as unknown as PanelState);
  }

  /** Waits until the panel's state has these values. */
  async reaches(expected: Partial<PanelState>, timeout?: number): Promise<PanelState> {
    const entries = Object.entries(expected) as [keyof PanelState, string][];
    const agrees = (state: PanelState): boolean => entries.every(([key, value]) => state[key] === value);
    try {
      return await until(`the panel is ${JSON.stringify(expected)}`, () => this.state(), agrees, timeout);
    } catch (error) {
      throw new Error(`${String(error)} It says: ${JSON.stringify(await this.frame.locator(app).innerText())}`, { cause: error });
    }
  }

  /** What a part says, on one line; nothing if it is not shown. */
  async text(testId: string): Promise<string> {
    const visible = this.part(testId).filter({ visible: true });
    return (await visible.allInnerTexts()).join("\n").trim();
  }

  /** Waits until a part says something. */
  async says(testId: string, expected: RegExp, timeout?: number): Promise<string> {
    return until(`${testId} says ${expected}`, () => this.text(testId), (text) => expected.test(text), timeout);
  }

  /** What the panel says is wrong, leaving out what it merely remarks. */
  async errors(): Promise<{ message: string; hint: string; place: string }[]> {
    const shown = this.frame.locator("[data-testid=problem].error").filter({ visible: true });
    return shown.evaluateAll((items) =>
      items.map((item) => {
        const say = (part: string): string => item.querySelector(`[data-testid=problem-${part}]`)?.textContent?.trim() ?? "";
        return { message: say("message"), hint: say("hint"), place: say("place") };
      }),
    );
  }

  /** A number the panel shows, with the minus sign it is typeset with. */
  async number(testId: string, index = 0): Promise<number> {
    const text = await this.part(testId).nth(index).innerText();
    return Number(text.replaceAll("−", "-").replace(/[\s\u2009\u202f]/g, ""));
  }

  /** The TeX that KaTeX typeset in each element with this test id. */
  async latex(testId: string): Promise<string[]> {
    return this.part(testId).evaluateAll((rows) =>
      rows.map((row) => [...row.querySelectorAll('annotation[encoding="application/x-tex"]')].map((tex) => tex.textContent).join(" ")),
    );
  }

  /** Typefaces that were asked for and did not come. */
  async missingFonts(): Promise<string[]> {
    return this.frame.evaluate(async () => {
      await document.fonts.ready;
      return [...document.fonts].filter(({ status }) => status === "error").map(({ family }) => family);
    });
  }

  /** Where the plot says the descent starts. */
  async start(): Promise<number[]> {
    const text = await this.part("plot").getAttribute("data-start");
    return (text ?? "").split(" ").filter(Boolean).map(Number);
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

  async pointIn(testId: string, x: number, y: number): Promise<{ x: number; y: number }> {
    const box = await this.part(testId).boundingBox();
    if (!box) throw new Error(`${testId} is not on screen`);
    return { x: box.x + x * box.width, y: box.y + y * box.height };
  }
}
