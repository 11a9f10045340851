import { expect, it } from 'vitest'
import { append, noSeries } from '../src/data/course'
import { type Points, sameDrawn, settledEnd, thinned } from '../src/data/thinned'

const wave = (i: number) => (i % 50 === 7 ? null : Math.round(1000 * Math.sin(i / 90) + 300 * Math.sin(i * i)))
const seconds = (count: number): Points => ({ startSecond: Array.from({ length: count }, (_, i) => i), lengthSeconds: Array.from({ length: count }, () => 1) })
const line = { key: 'wave', value: wave }

it('draws every point where there is room, a longer one at its middle', () => {
  const drawn = thinned({ startSecond: [0, 60, 61], lengthSeconds: [60, 1, 1] }, [{ key: 'a', value: i => i }], 0, 61, 100)
  expect(drawn).toEqual({ x: [29.5, 60, 61], values: [[0, 1, 2]], step: null })
})

it('draws one point more to each side of a stretch', () => {
  expect(thinned(seconds(100), [line], 50, 60, 100).x).toEqual(Array.from({ length: 13 }, (_, i) => 49 + i))
})

it('loses no peak of a day, and puts each where it was', () => {
  const count = 86_400
  const drawn = thinned(seconds(count), [line], 0, count - 1, 900)
  expect(drawn.step).toBe(128)
  expect(drawn.x.length).toBeLessThanOrEqual(2 * 900)
  expect(drawn.values[0]).toHaveLength(drawn.x.length)
  for (const [pick, worst] of [[Math.max, -Infinity], [Math.min, Infinity]] as const) {
    const all = Array.from({ length: 128 }, (_, i) => wave(1280 + i)).filter(v => v !== null)
    const at = drawn.x.indexOf(1280)
    expect(pick(drawn.values[0]![at]!, drawn.values[0]![at + 1]!)).toBe(all.reduce((a, b) => pick(a, b), worst))
  }
})

it('leaves a gap where nothing was measured', () => {
  const drawn = thinned(seconds(4000), [{ key: 'gap', value: i => (i < 1000 || i >= 3000 ? i : null) }], 0, 3999, 400)
  expect(drawn.values[0]![drawn.x.indexOf(1600)]).toBeNull()
  expect(drawn.values[0]!.at(-1)).toBe(3999)
})

it('draws the same whether the points came at once or one by one, some of them told anew', () => {
  const grown = noSeries()
  const told = (i: number, anew: boolean) => (wave(i) ?? 0) + (anew ? 0 : 5000)
  const lineOf = (columns: typeof grown) => ({ key: 'requests', value: (i: number) => columns.requests[i] ?? null })
  for (let s = 0; s < 3000; s++) {
    const from = Math.max(0, s - 2)
    const at = Array.from({ length: s - from + 1 }, (_, i) => from + i)
    append(grown, { ...noSeries(), startSecond: at, lengthSeconds: at.map(() => 1), requests: at.map(i => told(i, i < s)) })
    if (s > 500) thinned(grown, [lineOf(grown)], 0, s, 100)
  }
  const whole = { ...noSeries(), startSecond: [...grown.startSecond], lengthSeconds: [...grown.lengthSeconds], requests: grown.startSecond.map(i => told(i, i < 2999)) }
  expect(thinned(grown, [lineOf(grown)], 0, 2999, 100)).toEqual(thinned(whole, [lineOf(whole)], 0, 2999, 100))
  expect(thinned(grown, [lineOf(grown)], 700, 2100, 60)).toEqual(thinned(whole, [lineOf(whole)], 700, 2100, 60))
})

it('stands still while a day goes on, until there is something new to see', () => {
  const flat = { key: 'flat', value: (i: number) => i % 2 }
  const at = (count: number) => thinned(seconds(count), [flat], 0, settledEnd(seconds(count), 0, count - 1, 900), 900)
  expect(settledEnd(seconds(86_400), 0, 86_399, 900)).toBe(86_400)
  expect(settledEnd(seconds(86_401), 0, 86_400, 900)).toBe(86_528)
  expect(sameDrawn(at(86_410), at(86_500))).toBe(true)
  expect(sameDrawn(at(86_410), at(86_530))).toBe(false)
  expect(sameDrawn(at(86_410), thinned(seconds(86_410), [{ key: 'other', value: i => (i === 86_405 ? 9 : i % 2) }], 0, 86_528, 900))).toBe(false)
})

it('ends with the last second where each is drawn', () => {
  expect(settledEnd(seconds(600), 0, 599, 900)).toBe(599)
})
