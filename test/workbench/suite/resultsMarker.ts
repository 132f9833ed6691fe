/** The line by which the suite tells the harness outside what ran and how it went: this, then JSON. */
export const resultsMarker = "DOWNHILL-RESULTS ";

export interface InHostResult {
  title: string;
  error?: string;
}
