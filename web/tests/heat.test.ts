import { expect, it } from 'vitest'
import { bucketMs, heatGrid, shade } from '../src/data/heat'

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
