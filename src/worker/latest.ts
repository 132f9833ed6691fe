/** What was kept last, by number: the oldest makes room for the newest. */
export class Latest<T> {
  private readonly entries = new Map<number, T>();

  constructor(private readonly most: number) {}

  keep(id: number, entry: T): void {
    this.entries.delete(id);
    this.entries.set(id, entry);
    for (const oldest of this.entries.keys()) {
      if (this.entries.size <= this.most) break;
      this.entries.delete(oldest);
    }
  }

  get(id: number): T | undefined {
    return this.entries.get(id);
  }
}
