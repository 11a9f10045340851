import { describe, expect, it } from 'vitest'
import { inSight, rowsThere } from '../src/tables/useRowsInSight'
import { type Column, readSorting, sortRows, writeSorting } from '../src/tables/DataTable'
import { filterRows } from '../src/views/Statistics'
import { failing, slowest } from '../src/views/Overview'
import { compareRows, judgementOf, metricOf } from '../src/views/compareRows'
import { phaseShares } from '../src/views/EndpointDetail'
import { withLines } from '../src/views/Logs'
import { percentileOf } from '../src/tables/statisticsColumns'
import { makeRun } from '../dev/fixture.mjs'
import type { RunDocument } from '../src/data/run'

interface Row { name: string; n: number | null }
const columns: Column<Row>[] = [{ key: 'n', label: 'n', value: r => r.n, cell: r => r.n }, { key: 'name', label: 'name', value: r => r.name, cell: r => r.name }]
const rows: Row[] = [{ name: 'b', n: 2 }, { name: 'a', n: null }, { name: 'c', n: 2 }, { name: 'd', n: 1 }]
const run = makeRun({}).document(300, 'stopped') as unknown as RunDocument

it('sorts both ways, keeps the order of equals, and puts what has no value last', () => {
  expect(sortRows(rows, columns, { key: 'n', down: true }).map(r => r.name)).toEqual(['b', 'c', 'd', 'a'])
  expect(sortRows(rows, columns, { key: 'n', down: false }).map(r => r.name)).toEqual(['d', 'b', 'c', 'a'])
  expect(sortRows(rows, columns, { key: 'name', down: true }).map(r => r.name)).toEqual(['d', 'c', 'b', 'a'])
  expect(sortRows(rows, columns, { key: 'unknown', down: true })).toBe(rows)
})

it('keeps the sorting in the address', () => {
  expect(readSorting(writeSorting({ key: 'p99.9', down: true }), { key: 'x', down: false })).toEqual({ key: 'p99.9', down: true })
  expect(readSorting('garbage', { key: 'x', down: false })).toEqual({ key: 'x', down: false })
})

it('filters by all words', () => {
  expect(filterRows(run.series, 'post coupon').map(r => r.name)).toEqual(['call coupon'])
  expect(filterRows(run.series, '')).toHaveLength(run.series.length)
})

it('names the slowest and the most failing', () => {
  expect(slowest(run.series)).toHaveLength(5)
  expect(slowest(run.series)[0]!.all.p95Ms).toBe(Math.max(...run.series.map(r => r.all.p95Ms)))
  expect(failing(run.series)[0]?.name).toBe('call coupon')
})

it('reads each percentile from its own field', () => {
  expect(percentileOf({ ...run.aggregated.all, p999Ms: 7, p9999Ms: 8, p50Ms: 1 }, '99.9')).toBe(7)
  expect(percentileOf({ ...run.aggregated.all, p9999Ms: 8 }, '99.99')).toBe(8)
})

it('pairs the rows of two runs', () => {
  const other = { ...run, series: [...run.series.slice(1), { ...run.series[0]!, name: 'new one' }] }
  const pairs = compareRows(run, other, null)
  expect(pairs.find(p => p.name === 'new one')).toMatchObject({ base: null })
  expect(pairs.find(p => p.name === run.series[0]!.name)).toMatchObject({ now: null })
  expect(pairs.at(-1)?.name).toBe('Aggregated')
  expect(metricOf(null, 'rps')).toBeNull()
})

it('finds what the server says of a figure, and nothing where it says too few', () => {
  const { scenario, method, name } = run.series[0]!
  const figure = { base: 1, new: 2, changePercent: 100, lowPercent: 80, highPercent: 120 }
  const [row] = compareRows(run, run, { comparable: true, reasons: [], rows: [{ scenario, method, name, metrics: { failedPercent: { ...figure, verdict: 'worse' }, p99Ms: { ...figure, verdict: 'tooFew' } } }] })
  expect(judgementOf(row!, 'failureRatio')?.verdict).toBe('worse')
  expect(judgementOf(row!, 'p99Ms')).toBeNull()
  expect(judgementOf(row!, 'rps')).toBeNull()
})

it('splits blocked into what explains it, so that the bar adds up', () => {
  const shares = phaseShares(run.series[0]!.phases)
  const p = run.series[0]!.phases
  const total = p.blocked.averageMs + p.send.averageMs + p.wait.averageMs + p.receive.averageMs
  expect(shares.reduce((sum, s) => sum + s.ms, 0)).toBeCloseTo(total, 6)
})

it('holds the newest log lines only, each once', () => {
  const line = (number: number) => ({ number, at: '', level: 'info', text: String(number), source: '' })
  const many = withLines([], Array.from({ length: 1500 }, (_, i) => line(i + 1)))
  expect(many).toHaveLength(1000)
  expect(withLines(many, [line(1500), line(1501)]).slice(-2).map(l => l.number)).toEqual([1500, 1501])
})

describe('a long table', () => {
  it('has the rows in sight and a few around them', () => {
    expect(inSight(0, 600, -1, 0)).toEqual({ first: 0, end: 24 })
    expect(inSight(3000, 600, -1, 0)).toEqual({ first: 98, end: 124 })
  })

  it('takes an opened row for as high as it is', () => {
    expect(inSight(3000, 600, 10, 900)).toEqual(inSight(2100, 600, -1, 0))
    expect(inSight(300, 600, 90, 900)).toEqual(inSight(300, 600, -1, 0))
  })

  it('keeps the opened row, and room for those that are not there', () => {
    expect(rowsThere({ first: 4, end: 7 }, 1, 20)).toEqual([{ index: 1, missing: 1 }, { index: 4, missing: 2 }, { index: 5, missing: 0 }, { index: 6, missing: 0 }])
    expect(rowsThere({ first: 0, end: 2 }, 9, 20).at(-1)).toEqual({ index: 9, missing: 7 })
    expect(rowsThere({ first: 0, end: 2 }, 1, 2).map(row => row.index)).toEqual([0, 1])
  })
})
