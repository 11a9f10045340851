// What is worked out from columns that only grow at the end, and need not be worked out anew each second.

/** Right for the first so many points; told when fewer of them still stand. */
export interface Derived { cut(points: number): void }

/** A chart, its zoomed self and a few of other widths; more than that are forgotten, the longest unused first. */
const most = 12
const all = new WeakMap<object, Map<string, Derived>>()

/** What is known under a key of these columns, made when there is nothing yet. */
export function derived<T extends Derived>(columns: object, key: string, make: () => T): T {
  const known = all.get(columns) ?? new Map<string, Derived>()
  all.set(columns, known)
  const found = (known.get(key) as T | undefined) ?? make()
  known.delete(key)
  known.set(key, found)
  if (known.size > most) known.delete(known.keys().next().value!)
  return found
}

/** From this point on, the columns are about to be others. */
export function cut(columns: object, points: number): void {
  for (const one of all.get(columns)?.values() ?? []) one.cut(points)
}

/** Whether a column has ever been above 0. */
export class Ever implements Derived {
  private seen = 0
  private at: number | null = null

  cut(points: number): void {
    this.seen = Math.min(this.seen, points)
    if (this.at !== null && this.at >= points) this.at = null
  }

  isIn(column: readonly (number | null)[]): boolean {
    for (; this.at === null && this.seen < column.length; this.seen++) if ((column[this.seen] ?? 0) > 0) this.at = this.seen
    return this.at !== null
  }
}
