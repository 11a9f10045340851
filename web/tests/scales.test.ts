import { expect, it } from 'vitest'
import { axes } from '../src/charts/runCharts'
import { long, ramp } from '../src/charts/colours'
import { decades, logRange, niceTop } from '../src/charts/scales'

it('leaves air above the highest value and moves in steps', () => {
  expect([0, 0.5, 90, 95, 420, 980].map(v => niceTop(v))).toEqual([1, 1, 100, 150, 500, 1500])
  expect(niceTop(34, 100)).toBe(100)
})

it('ranges over whole half decades', () => {
  const [low, high] = logRange(0.5, 700)
  expect(low).toBeCloseTo(10 ** -0.5)
  expect(high).toBeCloseTo(1000)
})

it('marks decades, or finer steps where there are too few', () => {
  expect(decades(0.1, 1000)).toEqual([0.1, 1, 10, 100, 1000])
  expect(decades(100, 400)).toEqual([100, 200])
})

it('reads shortened colours', () => {
  expect(long('#fff')).toBe('#ffffff')
  expect(long('#12ab34')).toBe('#12ab34')
})

it('runs evenly from the first colour to the last', () => {
  const bytes = ramp(['#000000', '#777777', '#ffffff'])
  expect([...bytes.slice(0, 3)]).toEqual([0, 0, 0])
  expect([...bytes.slice(-3)]).toEqual([255, 255, 255])
  for (let i = 3; i < bytes.length; i += 3) expect(bytes[i]!).toBeGreaterThanOrEqual(bytes[i - 3]!)
})

it('writes no digits on an axis that say nothing', () => {
  expect([0, 2500, 10_000, 0.1, 250].map(ms => axes.time(ms).replace('\u202f', ' '))).toEqual(['0 ms', '2.5 s', '10 s', '0.1 ms', '250 ms'])
  expect([0, 4e6, 2.5e6, 100].map(size => axes.bytes(size).replace('\u202f', ' '))).toEqual(['0 B', '4 MB', '2.5 MB', '100 B'])
})
