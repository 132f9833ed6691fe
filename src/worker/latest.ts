/** What was kept last, by number: the oldest make room for the newest. */
export class Latest<T> {
  private readonly entries = new Map<number, T>();

  /** `weight`: what part of the room an entry takes by itself, where many are too much before they are `most`. The newest always stays. */
  constructor(private readonly most: number, private readonly weight: (entry: T) => number = () => 0) {}

  keep(id: number, entry: T): void {
    this.entries.delete(id);
    this.entries.set(id, entry);
    let weight = [...this.entries.values()].reduce((sum, each) => sum + this.weight(each), 0);
    for (const [oldest, each] of this.entries) {
      if (this.entries.size <= this.most && (weight <= 1 || this.entries.size === 1)) break;
      this.entries.delete(oldest);
      weight -= this.weight(each);
    }
  }

  get(id: number): T | undefined {
    return this.entries.get(id);
  }
}
