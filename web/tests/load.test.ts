import { expect, it } from 'vitest'
import type { SecondColumns } from '../src/data/api'
import { append } from '../src/data/course'
import { loadCurve } from '../src/data/load'

/** Seconds of a target that does 400 requests per second and no more. */
function columns(users: readonly number[], change: Partial<SecondColumns> = {}): SecondColumns {
  const nothing = users.map(() => 0)
  return {
    startSecond: users.map((_, i) => i), lengthSeconds: users.map(() => 1), users: [...users], requests: users.map(n => Math.min(400, n * 2)), failures: nothing,
    p95Ms: users.map(n => Math.max(500, n * 2.5)), generatorBound: nothing, arrivalsOffered: null, arrivalsStarted: null, arrivalsDropped: null, ...change,
  } as SecondColumns
}

it('sorts the seconds by load, whatever their order', () => {
  const curve = loadCurve(columns([800, 50, 100, 200, 400, 100, 400]))!
  expect(curve.by).toBe('users')
  expect(curve.points.map(p => [Math.round(p.load), Math.round(p.rate), p.p95Ms, p.seconds])).toEqual(
    [[50, 100, 500, 1], [100, 200, 500, 2], [200, 400, 500, 1], [400, 400, 1000, 2], [800, 400, 2000, 1]])
})

it('takes what was due where arrivals are scheduled', () => {
  const curve = loadCurve(columns([5, 5, 5, 5], { arrivalsOffered: [100, 200, 400, 800] }))!
  expect([curve.by, ...curve.points.map(p => Math.round(p.load))]).toEqual(['arrivals', 100, 200, 400, 800])
})

it('shows nothing where there is no range of loads', () => {
  expect(loadCurve(columns([100, 100, 101, 100, 102]))).toBeNull()
  expect(loadCurve(columns([10, 20, 40]))).toBeNull()
  expect(loadCurve(columns([]))).toBeNull()
})

it('leaves out what the generator spoiled, and seconds without users or answers', () => {
  const curve = loadCurve(columns([50, 100, 200, 400, 800, 0], { generatorBound: [0, 0, 0, 0, 1, 0] }))!
  expect(curve.points.map(p => Math.round(p.load))).toEqual([50, 100, 200, 400])
})

it('finds the same curve whether the seconds came at once or one by one, some of them twice', () => {
  const users = Array.from({ length: 400 }, (_, i) => 10 + i * 3 + (i % 7))
  const whole = columns(users)
  const grown = columns([])
  const part = (from: number, to: number) => Object.fromEntries(Object.entries(whole).map(([key, values]) => [key, values?.slice(from, to) ?? null])) as unknown as SecondColumns
  for (let s = 0; s < users.length; s++) {
    append(grown, part(Math.max(0, s - 2), s + 1))
    loadCurve(grown)
  }
  const [one, other] = [loadCurve(grown)!, loadCurve(whole)!]
  expect(one.points.map(p => [p.seconds, p.p95Ms, Math.round(p.load * 1e6), Math.round(p.rate * 1e6)])).toEqual(other.points.map(p => [p.seconds, p.p95Ms, Math.round(p.load * 1e6), Math.round(p.rate * 1e6)]))
})

it('has no more levels than a chart can show, however small the first ones are', () => {
  const curve = loadCurve(columns(Array.from({ length: 1000 }, (_, i) => i + 1)))!
  expect(curve.points.length).toBeLessThanOrEqual(30)
  expect(curve.points.reduce((sum, p) => sum + p.seconds, 0)).toBe(1000)
  expect(curve.points.every((p, i) => i === 0 || p.load > curve.points[i - 1]!.load)).toBe(true)
})
