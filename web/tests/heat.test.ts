import { expect, it } from 'vitest'
import { append, noHeat } from '../src/data/course'
import { bucketMs, heatGrid, shade } from '../src/data/heat'
import { makeRun } from '../dev/fixture.mjs'

const heat = { startSecond: [0, 1, 2, 3], lengthSeconds: [1, 1, 1, 1], cells: [[10, 5], [10, 7, 12, 1], [], [30, 2]] }

it('knows where the buckets are', () => {
  expect(bucketMs(0)).toBeCloseTo(0.01)
  expect(bucketMs(30)).toBeCloseTo(10)
})

it('gives one column per second when there is room', () => {
  const grid = heatGrid(heat, 0, 4, 100)
  expect([grid.width, grid.lowest, grid.highest, grid.most]).toEqual([4, 10, 30, 7])
  expect([...grid.cells.slice(0, 4)]).toEqual([5, 7, 0, 0])
})

it('sums seconds into columns as rates and loses none', () => {
  const grid = heatGrid(heat, 0, 4, 2)
  expect(grid.width).toBe(2)
  expect(grid.cells.reduce((sum, v) => sum + v, 0) * 2).toBeCloseTo(15)
})

it('spreads a longer point over the columns it covers', () => {
  const grid = heatGrid({ startSecond: [0], lengthSeconds: [10], cells: [[5, 100]] }, 0, 10, 10)
  expect([...grid.cells]).toEqual(Array.from({ length: 10 }, () => 10))
})

it('looks only at the stretch that is asked for', () => {
  expect(heatGrid(heat, 3, 4, 10).lowest).toBe(30)
  expect(heatGrid(heat, 10, 20, 10).highest).toBe(-1)
})

it('shows a single request beside thousands', () => {
  expect(shade(0, 5000)).toBe(0)
  expect(shade(1, 5000)).toBeGreaterThanOrEqual(0.1)
  expect(shade(5000, 5000)).toBe(1)
})

it('sums the same whether the seconds came at once or one by one, some of them twice', () => {
  const made = makeRun({})
  const grown = noHeat()
  for (let s = 0; s < 300; s++) {
    append(grown, made.heat(Math.max(0, s - 2), s))
    heatGrid(grown, 0, s + 1, 40)
    heatGrid(grown, Math.max(0, s - 60), s + 1, 40)
  }
  append(grown, { startSecond: [300], lengthSeconds: [60], cells: [[40, 600]] })
  const whole = made.heat(0, 299)
  append(whole, { startSecond: [300], lengthSeconds: [60], cells: [[40, 600]] })
  expect(heatGrid(grown, 0, 360, 40)).toEqual(heatGrid(whole, 0, 360, 40))
  expect(heatGrid(grown, 240, 360, 120)).toEqual(heatGrid(whole, 240, 360, 120))
})
