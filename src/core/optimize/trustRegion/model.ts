/** The step that a model of the function asks for within a radius. */
export interface ModelStep {
  /** How far the model says the value falls: −(gᵀp + ½ pᵀH p). */
  promised: number;
  /** λ of (H + λI) p = −g; 0 where the model's own minimum lies within. NaN: not known. */
  shift: number;
  onTheEdge: boolean;
  /** Whether a direction of negative curvature was met. */
  indefinite: boolean;
}
