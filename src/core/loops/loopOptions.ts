/** What loops may become. */
export interface LoopOptions {
  /** Sums are added up in the order in which they are written, so that results are the same to the last bit. */
  readonly strictOrder: boolean;
  /** Rows taken together where a loop over rows is taken apart. */
  readonly blockRows: number;
  /** Below so many products, taking a loop apart costs more than it brings. */
  readonly fewestProducts: number;
  /** Numbers that may be held between the parts of loops taken apart. */
  readonly mostElements: number;
}

export const loopOptions: LoopOptions = { strictOrder: false, blockRows: 64, fewestProducts: 4096, mostElements: 4_000_000 };
