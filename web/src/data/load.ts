// What a target gave by how much was asked of it: the seconds of a run sorted by load instead of by time.
import type { SecondColumns } from './api'
import { derived, Ever } from './derived'
import { firstAtLeast } from './thinned'

export interface LoadPoint { readonly load: number; readonly rate: number; readonly p95Ms: number | null; readonly seconds: number }
export interface LoadCurve { readonly by: 'users' | 'arrivals'; readonly points: readonly LoadPoint[] }

/** Levels a tenth apart are one: enough to see a curve, few enough that each has several seconds. */
const step = 1.1
const fewestLevels = 4
const leastRange = 2
/** So many levels at most are told apart. */
const mostLevels = 30
/** So many points at the end are not settled: late reports change the last few. */
const unsettled = 10
const nothing: Level = { load: 0, good: 0, seconds: 0, p95: [], inOrder: 0 }

/** The curve; null where the load was too much the same to show one. Seconds in which the generator was the limit say nothing about the target. */
export function loadCurve(columns: SecondColumns): LoadCurve | null {
  const by = columns.arrivalsOffered && derived(columns, 'offered', () => new Ever()).isIn(columns.arrivalsOffered) ? 'arrivals' : 'users'
  const points = apart(derived(columns, `load by ${by}`, () => new Levels(by)).of(columns))
  return points.length < fewestLevels || points.at(-1)!.load < points[0]!.load * leastRange ? null : { by, points }
}

/** Neighbours too close to be told apart in a chart become one, weighed by their seconds. */
function apart(points: readonly LoadPoint[]): readonly LoadPoint[] {
  const least = (points.at(-1)?.load ?? 0) / mostLevels
  const found: LoadPoint[] = []
  for (const point of points) {
    const last = found.at(-1)
    if (last && point.load - last.load < least) found[found.length - 1] = mean(last, point)
    else found.push(point)
  }
  return found
}

function mean(a: LoadPoint, b: LoadPoint): LoadPoint {
  const seconds = a.seconds + b.seconds
  const of = (x: number, y: number) => (x * a.seconds + y * b.seconds) / seconds
  return { load: of(a.load, b.load), rate: of(a.rate, b.rate), p95Ms: a.p95Ms === null ? b.p95Ms : b.p95Ms === null ? a.p95Ms : of(a.p95Ms, b.p95Ms), seconds }
}

interface Level { load: number; good: number; seconds: number; readonly p95: number[]; inOrder: number }

/** The levels so far. The newest seconds may still be told anew, so they are counted apart each time. */
class Levels {
  private settled = new Map<number, Level>()
  private points = 0

  constructor(private readonly by: LoadCurve['by']) {}

  cut(points: number): void {
    if (points >= this.points) return
    this.settled = new Map()
    this.points = 0
  }

  of(columns: SecondColumns): readonly LoadPoint[] {
    const count = columns.startSecond.length
    const until = Math.max(this.points, count - unsettled)
    for (let i = this.points; i < until; i++) this.add(this.settled, columns, i)
    this.points = until
    const newest = new Map<number, Level>()
    for (let i = until; i < count; i++) this.add(newest, columns, i)
    return [...new Set([...this.settled.keys(), ...newest.keys()])].sort((a, b) => a - b).map(key => joined(this.settled.get(key), newest.get(key)))
  }

  private add(to: Map<number, Level>, columns: SecondColumns, i: number): void {
    const seconds = columns.lengthSeconds[i]!
    const load = this.by === 'arrivals' ? (columns.arrivalsOffered![i] ?? 0) / seconds : columns.users[i]!
    if (load <= 0 || columns.generatorBound[i]! > 0 || columns.requests[i]! === 0) return
    const key = Math.floor(Math.log(load) / Math.log(step))
    const level = to.get(key) ?? { ...nothing, p95: [] }
    level.load += load * seconds
    level.good += columns.requests[i]! - columns.failures[i]!
    level.seconds += seconds
    const p95 = columns.p95Ms[i]
    if (typeof p95 === 'number') level.p95.push(p95)
    to.set(key, level)
  }
}

function joined(a: Level = nothing, b: Level = nothing): LoadPoint {
  const seconds = a.seconds + b.seconds
  return { load: (a.load + b.load) / seconds, rate: (a.good + b.good) / seconds, p95Ms: middle(a, b), seconds }
}

/** The median of both. The first is put in order once, and grows by little from then on; the second is short. */
function middle(a: Level, b: Level): number | null {
  settle(a)
  const few = b.p95.toSorted((p, q) => p - q)
  const all = a.p95.length + few.length
  if (all === 0) return null
  // Of the numbers below the median so many are of the short list, the others of the long one.
  const rank = (all - 1) >> 1
  let below = 0
  while (below < few.length && below < rank && few[below]! < (a.p95[rank - 1 - below] ?? Infinity)) below++
  return Math.min(a.p95[rank - below] ?? Infinity, few[below] ?? Infinity)
}

/** Puts what is new in order: many by sorting, one or two each second where they belong. */
function settle(level: Level): void {
  const { p95, inOrder } = level
  if (p95.length - inOrder > unsettled) p95.sort((p, q) => p - q)
  else
    for (const value of p95.splice(inOrder)) p95.splice(firstAtLeast(p95, value), 0, value)
  level.inOrder = p95.length
}
