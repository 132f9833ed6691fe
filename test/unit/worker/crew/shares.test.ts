import { afterAll, afterEach, describe, expect, it } from "vitest";
import { defaultDescent, defaultSettings } from "../../../../src/shared/defaults";
import type { DescentIntent } from "../../../../src/shared/intent";
import type { OpenRequest } from "../../../../src/shared/protocol";
import type { RunningWorker } from "../../../../src/shared/runningWorker";
import { CommonMemory } from "../../../../src/worker/crew/commonMemory";
import { Crew } from "../../../../src/worker/crew/crew";
import { Pays } from "../../../../src/worker/crew/pays";
import { Team } from "../../../../src/worker/crew/team";
import { createHandlers } from "../../../../src/worker/handlers";
import { callContext } from "../../support/callContext";
import { builtWorker, engine, inThread, overheard, thread } from "./threads";

const built = builtWorker();
afterAll(() => built.remove());
const crews: Crew[] = [];
afterEach(() => crews.splice(0).forEach((crew) => crew.letGo()));

/** Long enough for four shares, and for others to be called; but few rows take the long way. */
const text = `const xs = Array.from({ length: 4000 }, (_, i) => Math.sin(i * 12.9898) * 3), ys = xs.map((x, i) => (x + Math.sin(i * 78.233) > 0.5 ? 1 : 0));
export function loss(w = 0.3, b = 0.1) {
  let s = 0;
  for (let i = 0; i < xs.length; i++) {
    const z = w * xs[i] + b;
    let t = 0;
    if (z > 0.99) for (let k = 1; k < 300; k++) t += z * k;
    s += Math.log(1 + Math.exp(z)) - ys[i] * z + 1e-9 * t * t;
  }
  return s / xs.length + 0.1 * w * w;
}
`;
const descent: DescentIntent = { ...defaultDescent(defaultSettings), method: "momentum", parameters: { momentum: 0.5 }, learningRate: 0.01, maxIterations: 640, gradientNorm: 0, stop: {} };
const inBatches: DescentIntent = { ...descent, method: "gd", batch: { dataset: "xs", size: 3900, seed: 3 } };

function crewOf(size: number, startMember: () => RunningWorker) {
  const problems: string[] = [];
  const crew = new Crew({ size, startMember, log: (line) => problems.push(line), worth: { look: 0, word: 0, opening: 0, start: 0 } });
  crews.push(crew);
  return { crew, problems };
}

async function descended(intent: DescentIntent, crew?: Crew, context = callContext()) {
  const handlers = createHandlers(engine, crew);
  const start = text.indexOf("loss");
  const request: OpenRequest = { id: 1, text, language: "typescript", selection: { start, end: start }, uri: "file:///a.ts", modules: [] };
  const opened = await handlers.open(request, callContext());
  if (!opened.ok) throw new Error(opened.diagnostics.map(({ message }) => message).join());
  return handlers.descend({ objective: 1, descent: intent }, context);
}

describe("a long descent", { timeout: 60_000 }, () => {
  it.each([["over all rows", descent, 1], ["over all rows", descent, 3], ["by minibatches", inBatches, 1]] as const)("%s is what it is alone, to the last bit", async (_, intent, size) => {
    const alone = await descended(intent);
    let shares = 0;
    const { crew, problems } = crewOf(size, () => overheard(thread(built.script), (name) => { if (name === "share") shares++; }));
    expect(await descended(intent, crew)).toEqual(alone);
    expect(shares).toBe(size);
    expect(problems).toEqual([]);
  });

  it("calls nobody where it is short", async () => {
    let started = 0;
    const { crew } = crewOf(1, () => { started++; return inThread().worker; });
    await descended({ ...descent, maxIterations: 20 }, crew);
    expect(started).toBe(0);
  });

  it("loses nothing where one falls over at its share", async () => {
    const alone = await descended(descent);
    const { crew } = crewOf(1, () => {
      const { worker, fall } = inThread();
      return overheard(worker, (name) => { if (name === "share") fall(); });
    });
    expect(await descended(descent, crew)).toEqual(alone);
  });
});

const evaluated = { x: Float64Array.of(1, 2), rows: Int32Array.of(3, 5, 8) };

describe("memory in common", () => {
  it("tells what is asked for, and gives each share to one of those who want it", () => {
    const memory = CommonMemory.make(2, 4);
    const other = CommonMemory.over(memory);
    expect(other.claim(1, other.newest)).toBe(false);
    memory.ask(evaluated, 3, true);
    const number = other.newest;
    expect(other.asked).toEqual({ evaluated, wantsGradient: true });
    expect([other.claim(1, number), memory.claim(1, number), memory.claim(2, number), other.claim(2, number), other.claim(3, number)]).toEqual([true, false, true, false, false]);
    other.gradientOf(1).set([4, 5]);
    other.finish(1, number, 7);
    expect([memory.valueOf(1, 0), ...memory.gradientOf(1)]).toEqual([7, 4, 5]);
  });

  it("gives nobody who comes late a share of the next evaluation", () => {
    const memory = CommonMemory.make(2, 4);
    memory.ask(evaluated, 2, false);
    const before = memory.newest;
    memory.ask({ x: evaluated.x }, 2, false);
    expect(memory.claim(1, before)).toBe(false);
    expect(memory.asked).toEqual({ evaluated: { x: evaluated.x }, wantsGradient: false });
    expect(memory.claim(1, memory.newest)).toBe(true);
  });

  it("lets the first thread do itself what another could not, and rely on nobody again", () => {
    const memory = CommonMemory.make(2, 4);
    const team = new Team(memory, 0, () => undefined);
    memory.arrive();
    for (let k = 0; memory.newest === 0 && k < 100; k++) {
      team.end();
      team.begin(evaluated, 2, true);
    }
    expect(memory.claim(1, memory.newest)).toBe(true);
    memory.finish(1, memory.newest, undefined);
    expect(team.take(1)).toBeUndefined();
    expect(memory.over).toBe(true);
    const { newest } = memory;
    team.end();
    team.begin(evaluated, 2, true);
    expect(team.take(1)).toBeUndefined();
    expect(memory.newest).toBe(newest);
  });
});

/** How many of so many evaluations are with others, where these take so many milliseconds and one alone takes one. */
function together(evaluations: number, milliseconds: (k: number) => number): number {
  const pays = new Pays();
  let count = 0;
  let isTogether = false;
  for (let k = 0; k < evaluations; k++) {
    isTogether = pays.next(isTogether ? milliseconds(k) : 1);
    if (isTogether) count++;
  }
  return count;
}

describe("others", () => {
  it.each([
    ["are asked again and again where that is shorter", () => 0.6, 0.95, 1],
    ["are left in peace where it is longer", () => 1.5, 0, 0.1],
    ["are asked again once the machine has time for them", (k: number) => (k < 5000 ? 1.5 : 0.6), 0.4, 0.6],
  ] as const)("%s", (_, milliseconds, least, most) => {
    const share = together(10_000, milliseconds) / 10_000;
    expect(share).toBeGreaterThanOrEqual(least);
    expect(share).toBeLessThanOrEqual(most);
  });
});
