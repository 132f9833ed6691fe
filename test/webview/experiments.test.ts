import { beforeEach, describe, expect, it } from "vitest";
import type { Experiments } from "../../src/shared/experiments";
import { webviewChecks } from "../../src/shared/validate";
import { basins, outcomes, race, rates } from "./experimentSnapshots";
import { contour, intent, objective, run, source } from "./snapshots";
import { usePanel } from "./usePanel";

/* Experiments, as a person runs them from the panel. */

const page = usePanel();
const { frame, host, requests, posted, answer, all, at, text, press } = page;
const bowl = objective(2, { offers: [] });

beforeEach(async () => {
  page.boot();
  await host("source", source(bowl));
  await host("run", run(bowl, 10));
  await host("landscape", contour(bowl));
});

async function unfold(testid: string, open = true): Promise<void> {
  const details = at(testid) as HTMLDetailsElement;
  details.open = open;
  details.dispatchEvent(new Event("toggle"));
  await frame();
}

async function tell(name: string, body: unknown): Promise<void> {
  window.dispatchEvent(new MessageEvent("message", { data: { kind: "progress", id: requests(name).at(-1)?.id, body } }));
  await frame();
}

async function choose(testid: string, value: string): Promise<void> {
  const list = at(testid) as HTMLElement & { value: string };
  list.value = value;
  list.dispatchEvent(new Event("change"));
  await frame();
}

async function key(testid: string, name: string): Promise<void> {
  at(testid).dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true }));
  await frame();
}

/** Opens, runs and answers one. */
async function conclude<K extends keyof Experiments>(name: K, result: Experiments[K]["response"]): Promise<void> {
  await unfold(name);
  await press(`${name}-run`);
  await answer(name, result);
}

const lastDescent = (): unknown => requests("descend").at(-1)?.body["descent"];

describe("every experiment", () => {
  it.each(["race", "rates", "outcomes", "basins"] as const)("%s: is not made before it is asked for, and asks what the host lets pass", async (name) => {
    await unfold(name);
    expect(requests(name)).toHaveLength(0);
    await press(`${name}-run`);
    const [asked] = requests(name);
    expect(webviewChecks[name](asked?.body)).toMatchObject({ ok: true, value: { objective: 1 } });
  });

  it.each(["race", "rates", "outcomes", "basins"] as const)("%s: tells how far it is and can be given up", async (name) => {
    await unfold(name);
    await press(`${name}-run`);
    expect(text(`${name}-run`)).toBe("Cancel");
    await tell(name, { done: 3, total: 12 });
    expect(at(`${name}-progress`).getAttribute("value")).toBe("0.25");
    expect(text(`${name}-note`)).toBe("3 of 12");
    const asked = requests(name)[0]?.id;
    await press(`${name}-run`);
    expect(posted("cancel").map(({ id }) => id)).toContain(asked);
    expect(text(`${name}-run`)).toBe("Run");
    expect(at(`${name}-progress`).hidden).toBe(true);
  });

  it("says what went wrong, and that is gone with the next run", async () => {
    await unfold("rates");
    await press("rates-run");
    window.dispatchEvent(new MessageEvent("message", { data: { kind: "reply", id: requests("rates")[0]?.id, ok: false, error: { code: "invalid", message: "It makes no sense." } } }));
    await frame();
    expect(text("rates-problem")).toBe("That did not work: It makes no sense.");
    await press("rates-run");
    expect(at("rates-problem").hidden).toBe(true);
  });

  it("of a function that has changed is given up while it runs, and marked where it is there", async () => {
    await conclude("rates", rates);
    await unfold("race");
    await press("race-run");
    await host("source", source({ ...bowl, id: 2 }));
    expect(posted("cancel").map(({ id }) => id)).toContain(requests("race")[0]?.id);
    expect(text("rates-note")).toBe("Of the function as it was before.");
    expect(text("rates-said")).toMatch(/^Best: 0.5/);
  });

  it("says where settings have changed since, and not where only what does not matter has", async () => {
    await conclude("rates", rates);
    expect(text("rates-note")).toBe("");
    await host("source", source(bowl, { intent: { ...intent, descent: { ...intent.descent, learningRate: 0.7 } } }));
    expect(text("rates-note")).toBe("");
    await host("source", source(bowl, { intent: { ...intent, descent: { ...intent.descent, start: [5, 5] } } }));
    expect(text("rates-note")).toBe("Settings have changed since.");
  });

  it("is there for descending, not for looking at a gradient", async () => {
    expect(at("experiments").hidden).toBe(false);
    await host("source", source(bowl, { intent: { ...intent, mode: "gradient" } }));
    expect(at("experiments").hidden).toBe(true);
  });
});

describe("a race", () => {
  it("is asked for with the methods that are ticked, and the person's own settings for the one that descends", async () => {
    await host("source", source(bowl, { intent: { ...intent, descent: { ...intent.descent, method: "momentum", parameters: { momentum: 0.5 }, ownRate: true, learningRate: 0.2, start: [3, 3] } } }));
    await unfold("race");
    await press("race-method-newton");
    await press("race-method-adam");
    await press("race-run");
    const { entrants, budget, descent } = requests("race")[0]?.body as unknown as Experiments["race"]["request"];
    expect(entrants.map(({ method }) => method)).toEqual(["gd", "momentum", "newton", "bfgs"]);
    expect(entrants[1]).toEqual({ method: "momentum", parameters: { momentum: 0.5 }, learningRate: 0.2 });
    expect(entrants[0]?.learningRate).toBeUndefined();
    expect(budget).toEqual({ kind: "gradients", count: 10 });
    expect(descent.start).toEqual([3, 3]);
  });

  it("has no more entrants than can be told apart", async () => {
    await unfold("race");
    for (const method of ["nesterov", "rmsprop", "lbfgs"]) await press(`race-method-${method}`);
    expect((at("race-method-rmsprop") as HTMLInputElement).checked).toBe(true);
    expect((at("race-method-lbfgs") as HTMLInputElement).checked).toBe(false);
    expect(at("race-method-lbfgs").getAttribute("aria-disabled")).toBe("true");
  });

  it("tells who was first, by what it spent, and lists all: the best first, whoever left last", async () => {
    await conclude("race", race);
    expect(text("race-said")).toBe("Newton was first: as good as any got (7.06e−8) after 9 gradients. Adam got there too. Each could spend 20 gradients, at its own learning rate.");
    expect(all("race-row").map((row) => row.dataset["method"])).toEqual(["newton", "adam", "gd", "momentum"]);
    expect(all("race-spent").map(({ textContent }) => textContent)).toEqual(["9 ∇ + 4 H", "20 ∇", "20 ∇", "20 ∇"]);
    expect(all("race-row").at(-1)?.textContent).toContain("diverged");
  });

  it("calls nobody first who is still on the way: then one got furthest", async () => {
    const [, adam] = race.racers;
    if (!adam) throw new Error("Adam is the second.");
    await conclude("race", { ...race, racers: [{ ...adam, arrival: 19 }], ranking: [0] });
    expect(text("race-said")).toMatch(/^Adam got furthest: 2.57e−11 after 20 gradients, and was still on its way\. /);
  });

  it("says so where all had a common rate", async () => {
    await unfold("race");
    await choose("race-rates", "common");
    await press("race-run");
    expect(requests("race")[0]?.body["commonRate"]).toBe(0.25);
    await answer("race", { ...race, racers: race.racers.map((each) => (each.rateFrom === "suggested" ? { ...each, rateFrom: "common", learningRate: 0.25 } : each)) });
    expect(text("race-said")).toMatch(/with a common learning rate of 0.25 where it takes one\.$/);
  });
});

describe("a sweep of learning rates", () => {
  it("names the best, the largest stable one and theory's bound, and hands the best over", async () => {
    await conclude("rates", rates);
    expect(text("rates-said")).toBe("Best: 0.5 (converged, 1 iteration, value 0). The largest that is stable, of those tried: 0.5. Theory: at most 2 ÷ λmax = 2 ÷ 2 = 1 at the best one’s end.");
    await press("rates-use");
    expect(lastDescent()).toMatchObject({ learningRate: 0.5, ownRate: true });
  });

  it("has its numbers in a table, with those that were given up early", async () => {
    await conclude("rates", rates);
    expect(all("rates-row").map((row) => [...row.children].map((cell) => cell.textContent))).toEqual([
      ["0.01", "given up early", "4.7", "10"], ["0.1", "slow", "0.09", "10"], ["0.5", "converged", "0", "1"], ["1", "oscillating", "7", "10"], ["5", "diverged", "1e30", "10"],
    ]);
  });

  it("is read by keys: arrows point at a run, Enter takes its rate over", async () => {
    await conclude("rates", rates);
    await key("rates-picture", "ArrowLeft");
    expect(text("rates-picture-readout")).toBe("η = 0.5: converged, 1 iteration, value 0");
    await key("rates-picture", "ArrowLeft");
    expect(text("rates-picture-readout")).toBe("η = 0.1: slow, 10 iterations, value 0.09");
    await key("rates-picture", "Enter");
    expect(lastDescent()).toMatchObject({ learningRate: 0.1, ownRate: true });
  });

  it("can be at random, by a seed, and narrowed down", async () => {
    await unfold("rates");
    expect(at("rates-seed").closest("[hidden]")).not.toBeNull();
    await choose("rates-way", "random");
    expect(at("rates-seed").closest("[hidden]")).toBeNull();
    await choose("rates-spending", "halving");
    await press("rates-run");
    expect(requests("rates")[0]?.body).toMatchObject({ rates: { kind: "random", from: 1e-5, to: 10, count: 13, seed: 1 }, spending: "halving" });
  });

  it("is not offered to a method that finds its own steps", async () => {
    await host("source", source(bowl, { intent: { ...intent, descent: { ...intent.descent, method: "bfgs" } } }));
    await unfold("rates");
    expect(text("rates-basis")).toMatch(/finds its own step lengths/);
    await press("rates-run");
    expect(requests("rates")).toHaveLength(0);
  });
});

describe("the map of outcomes", () => {
  it("is of momentum where the descent has none, and a cell takes over both settings and the method", async () => {
    await conclude("outcomes", outcomes);
    expect(requests("outcomes")[0]?.body).toMatchObject({ parameter: "momentum", descent: { method: "momentum" } });
    expect(text("outcomes-said")).toBe("2 converged, 1 slow, 1 oscillating, 2 diverged. Best: η = 0.1 with momentum μ = 0, 40 iterations.".replace("μ = 0", "μ\u00a0=\u00a00"));
    await key("outcomes-picture", "ArrowRight");
    await key("outcomes-picture", "ArrowUp");
    expect(text("outcomes-picture-readout")).toContain("converged, 160 iterations");
    await key("outcomes-picture", "Enter");
    expect(lastDescent()).toMatchObject({ method: "momentum", learningRate: 0.1, ownRate: true, parameters: { momentum: 0.9 } });
  });

  it("is of β₁ for Adam", async () => {
    await host("source", source(bowl, { intent: { ...intent, descent: { ...intent.descent, method: "adam" } } }));
    await unfold("outcomes");
    await press("outcomes-run");
    expect(requests("outcomes")[0]?.body).toMatchObject({ parameter: "beta1", descent: { method: "adam" } });
  });

  it("can be read as a table, in words for whoever does not see the signs", async () => {
    await conclude("outcomes", outcomes);
    const rows = [...at("outcomes-table").querySelectorAll("tbody tr")].map((row) => [...row.children].map((cell) => cell.querySelector(".visually-hidden")?.textContent ?? cell.textContent));
    expect(rows).toEqual([["0.9", "converged, 160", "slow", "diverged"], ["0", "converged, 40", "oscillating", "diverged"]]);
  });
});

describe("what lies over the picture", () => {
  const overlay = (): string | undefined => at("plot").dataset["overlay"];

  it("is the experiment that was opened last, while it is open and belongs to the function", async () => {
    expect(overlay()).toBe("none");
    await conclude("race", race);
    expect(overlay()).toBe("race");
    await conclude("basins", basins);
    expect(overlay()).toBe("basins");
    await unfold("basins", false);
    expect(overlay()).toBe("race");
    await host("source", source({ ...bowl, id: 2 }));
    expect(overlay()).toBe("none");
    await host("source", source(bowl));
    await unfold("race", false);
    expect(overlay()).toBe("none");
  });
});

describe("starts all over the view", () => {
  it("are scattered over what is seen, and listed by the minimum they lead to", async () => {
    await conclude("basins", basins);
    expect(requests("basins")[0]?.body).toMatchObject({ window: [[-4, 4], [-4, 4]], scatter: { kind: "grid", side: 20 } });
    expect(text("basins-said")).toBe("8 starts lead to 2 minima. 1 ended on a saddle.");
    expect(all("basins-place").map((item) => [item.dataset["visitors"], item.dataset["minimum"]])).toEqual([["3", "true"], ["2", "true"], ["1", "false"]]);
    expect(text("basins-places")).toMatch(/not there in time: 1 start, .*diverged: 1 start, /);
  });

  it("are not offered where there is no picture", async () => {
    await host("source", source(objective(3, { id: 4 })));
    expect(at("basins").hidden).toBe(true);
    expect(at("race").hidden).toBe(false);
  });
});
