import { expect, it } from 'vitest'
import { append, noSeconds, perSecond, spans } from '../src/data/course'
import { quietZeros, rampSpans } from '../src/charts/runCharts'
import { makeRun } from '../dev/fixture.mjs'

const run = makeRun({})

it('adds points at the end', () => {
  const columns = noSeconds()
  append(columns, run.columns(0, 9))
  append(columns, run.columns(10, 19))
  expect(columns.startSecond).toEqual(Array.from({ length: 20 }, (_, i) => i))
  expect(columns.users).toEqual(run.columns(0, 19).users)
  expect(columns.arrivalsOffered).toHaveLength(20)
})

it('replaces points that come again', () => {
  const columns = noSeconds()
  append(columns, run.columns(0, 9))
  const again = run.columns(8, 11)
  again.requests[0] = 4711
  append(columns, again)
  expect(columns.startSecond).toHaveLength(12)
  expect(columns.requests[8]).toBe(4711)
})

it('fills columns that only some points have', () => {
  const columns = noSeconds()
  append(columns, { ...run.columns(0, 4), arrivalsOffered: null, arrivalsStarted: null, arrivalsDropped: null })
  append(columns, run.columns(5, 6))
  expect(columns.arrivalsOffered?.slice(0, 5)).toEqual([null, null, null, null, null])
  append(columns, { ...run.columns(7, 7), arrivalsOffered: null })
  expect(columns.arrivalsOffered).toHaveLength(8)
  for (const column of Object.values(columns)) if (column !== null) expect(column).toHaveLength(8)
})

it('does nothing with nothing', () => {
  const columns = noSeconds()
  append(columns, run.columns(0, 4))
  append(columns, noSeconds())
  expect(columns.startSecond).toHaveLength(5)
})

it('makes rates of counts over longer points', () => {
  const rates = perSecond({ startSecond: [0, 1, 61], lengthSeconds: [1, 60, 10] }, () => [10, 600, null])
  expect([0, 1, 2, 3].map(rates)).toEqual([10, 10, null, null])
})

it('joins neighbouring marked points', () => {
  expect(spans({ startSecond: [0, 10, 20, 21, 22], lengthSeconds: [10, 10, 1, 1, 1] }, [1, 1, 0, 0, 1])).toEqual([[0, 20], [22, 23]])
})

it('finds the ramps and passes over single users who come and go', () => {
  const columns = noSeconds()
  append(columns, run.columns(0, 120))
  expect(rampSpans(columns)).toEqual([[0, 49]])
  columns.users = columns.users.map((n, i) => (i > 60 ? n - (i % 2) : n))
  expect(rampSpans(columns)).toEqual([[0, 49]])
})

it('leaves out stretches without failures', () => {
  const failures = [0, 0, 0, 2, 0, 0, 0]
  expect(failures.map((_, i) => quietZeros(at => failures[at] ?? null)(i))).toEqual([null, null, 0, 2, 0, null, null])
})
