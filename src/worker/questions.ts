import type { Objective } from "../core/objective";
import type { DerivationStep, Formula, StationaryPoint } from "../core/symbolic/formula";
import { longestFormula } from "../shared/defaults";
import type {
  AboutCoordinate, HessianSnapshot, QuestionName, Questions, QuotientsSnapshot, StationaryPointSnapshot, StationarySnapshot, StepSnapshot, SweepLineSnapshot,
} from "../shared/questions";
import type { Handlers } from "../shared/rpc";
import { WireError } from "../shared/wire";
import { equations } from "./equations";
import { minibatches } from "./minibatches";

/** A matrix of more is not read, it is looked at. */
const mostHessian = 6;
/** Milliseconds that looking for stationary points may take, which nobody has asked for by name. */
const searchBudget = 400;
/** Values and gradients such a search takes, in round numbers. */
const searchValues = 20_000;

/** What the panel may ask of an objective. */
export function offersOf(objective: Objective): QuestionName[] {
  const { formula, dimension } = objective;
  const offers: readonly [QuestionName, boolean][] = [
    ["steps", formula !== undefined],
    ["hessian", formula !== undefined && dimension <= mostHessian],
    ["sweep", objective.sweep !== undefined],
    ["quotients", objective.differenceQuotients !== undefined],
    ["stationary", objective.stationaryPoints !== undefined && dimension <= 2],
  ];
  return offers.filter(([, offered]) => offered).map(([name]) => name);
}

/** Answers to the questions about the objectives that are open. */
export function answers(find: (id: number) => Objective, now: () => number): Handlers<Questions> {
  return {
    hessian: ({ objective }) => hessian(formulaOf(find(objective))),
    steps: ({ objective: id, coordinate }) => {
      const objective = find(id);
      return stepSnapshot(formulaOf(objective).steps(known(objective, coordinate)));
    },
    sweep: ({ objective }) => sweep(find(objective)),
    quotients: (request) => quotients(find(request.objective), request),
    stationary: ({ objective, window }) => stationary(find(objective), window, now),
    ...minibatches(find),
    equations,
  };
}

function hessian(formula: Formula): HessianSnapshot | null {
  const named = formula.setOut?.();
  const byNames = named?.hessian?.();
  const entries = (byNames ?? formula.hessian()).map((row) => row.map((entry) => entry.latex()));
  if (entries.length === 0 || !entries.flat().every((entry) => entry.length <= longestFormula)) return null;
  return { entries, where: byNames && named ? named.where.map(({ name, value }) => ({ name: name.latex(), value: value.latex() })) : [] };
}

function stepSnapshot({ rule, before, after, open, children, inner, alike, simplification }: DerivationStep): StepSnapshot {
  return {
    rule, before: before.latex(), after: after.latex(), open, children: children.map(stepSnapshot),
    ...(inner ? { inner: { name: inner.name.latex(), value: inner.value.latex(), derivative: inner.derivative.latex() } } : {}),
    ...(alike ? { alike: alike.map((part) => ({ before: part.before.latex(), after: part.after.latex() })) } : {}),
    ...(simplification ? { simplification: { from: simplification.from.latex(), by: simplification.by } } : {}),
  };
}

function sweep(objective: Objective): SweepLineSnapshot[] {
  if (!objective.sweep) throw notOffered(objective);
  return objective.sweep().map(({ updates, ...line }) => ({ ...line, updates: updates.map((update) => update.latex()) }));
}

function quotients(objective: Objective, { x, coordinate }: AboutCoordinate & { x: number[] }): QuotientsSnapshot {
  if (!objective.differenceQuotients) throw notOffered(objective);
  if (x.length !== objective.dimension) throw new WireError("invalid", `A point of ${objective.name} has ${objective.dimension} coordinates.`);
  const at = Float64Array.from(x);
  const { definition, rows, limit, sides } = objective.differenceQuotients(at, known(objective, coordinate));
  return {
    ...(definition ? { definition: definition.latex() } : {}),
    ...(sides ? { sides } : {}),
    rows: rows.map(({ h, quotient, error }) => ({ h, quotient, error })), limit, value: objective.value(at),
  };
}

function stationary(objective: Objective, window: [number, number][], now: () => number): StationarySnapshot {
  if (!objective.stationaryPoints) throw notOffered(objective);
  if (window.length !== objective.dimension) throw new WireError("invalid", `A window of ${objective.name} has ${objective.dimension} intervals.`);
  const began = now();
  objective.valueAndGradient(objective.start, new Float64Array(objective.dimension));
  if ((now() - began) * searchValues > searchBudget * 1000) return { ok: false };
  return { ok: true, points: objective.stationaryPoints(window).map(pointSnapshot) };
}

function pointSnapshot({ at, eigenvalues, exact, ...point }: StationaryPoint): StationaryPointSnapshot {
  return { ...point, at: at.slice(), eigenvalues: eigenvalues.slice(), ...(exact ? { exact: exact.map((text) => text.latex()) } : {}) };
}

function formulaOf(objective: Objective): Formula {
  if (!objective.formula) throw notOffered(objective);
  return objective.formula;
}

function known(objective: Objective, coordinate: number): number {
  if (coordinate >= objective.dimension) throw new WireError("invalid", `${objective.name} has ${objective.dimension} coordinates.`);
  return coordinate;
}

function notOffered({ name }: Objective): WireError {
  return new WireError("invalid", `${name} has no answer to that.`);
}
