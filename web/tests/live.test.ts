import { expect, it } from 'vitest'
import type { RunAnswer, RunEvent } from '../src/data/api'
import { isOutgrown } from '../src/data/course'
import { advance } from '../src/data/live'
import { type RunView, rulesOf, seriesKey, viewOf } from '../src/data/model'
import { makeRun } from '../dev/fixture.mjs'

const made = makeRun({ start: Date.parse('2026-11-20T12:00:00Z') })

function answer(last: number, of = made): RunAnswer {
  return {
    run: of.document(last, 'running'), seconds: of.columns(0, last), heat: of.heat(0, last), marks: [], plan: { users: 1, spawnRate: 1, host: null, runTimeSeconds: null },
    findings: [], thresholds: [], workers: [], ratio: of.ratio,
  } as unknown as RunAnswer
}

function event(last: number, from = last, of = made): RunEvent {
  return {
    session: { state: 'running', runId: 'r1', error: null }, run: of.document(last, 'running', null, false), seconds: of.columns(from, last), heat: of.heat(from, last),
    marks: [], findings: [], thresholds: [], workers: [], endpoints: of.endpointsAt(last), logs: 1,
  } as unknown as RunEvent
}

it('goes on second by second and sees what a fresh page sees', () => {
  let view: RunView = viewOf(answer(20), null)
  for (let s = 21; s <= 40; s++) view = advance(view, event(s))
  const fresh = viewOf(answer(40), null)
  expect(view.seconds).toEqual(fresh.seconds)
  expect(view.heat).toEqual(fresh.heat)
  expect(view.run.aggregated.requests).toBe(fresh.run.aggregated.requests)
})

it('takes the seconds it missed', () => {
  const view = advance(viewOf(answer(20), null), event(50, 19))
  expect(view.seconds.startSecond).toHaveLength(51)
})

it('begins anew with another run', () => {
  const other = makeRun({ start: Date.parse('2026-11-20T13:00:00Z') })
  const view = advance(viewOf(answer(30), null), { ...event(2, 0, other), full: true })
  expect(view.seconds.startSecond).toEqual([0, 1, 2])
  expect(view.recent.size).toBeGreaterThan(0)
})

it('keeps the last minute of each endpoint and no more', () => {
  let view = viewOf(answer(0), null)
  for (let s = 1; s < 200; s++) view = advance(view, event(s))
  for (const values of view.recent.values()) expect(values).toHaveLength(60)
  const key = seriesKey({ scenario: 'shop', method: 'GET', name: '/' })
  expect(view.recent.get(key)?.at(-1)).toBe(made.endpointsAt(199).rows[0]?.requests)
})

it('keeps the phases of rows that the stream leaves out', () => {
  const view = advance(viewOf(answer(20), null), event(21))
  expect(view.run.series[0]?.phases.wait.averageMs).toBeGreaterThan(0)
})

it('knows the times of good and failed requests where the stream leaves them out', () => {
  const sent = event(21)
  expect(sent.run.series.some(row => row.failures === 0 && !('failed' in row))).toBe(true)
  for (const row of advance(viewOf(answer(20), null), sent).run.series) {
    expect(row.successes.count + row.failed.count).toBeGreaterThan(0)
    if (row.failures === 0) expect([row.successes, row.failed.count]).toEqual([row.all, 0])
  }
})

it('continues the course of an opened endpoint', () => {
  const key = seriesKey({ scenario: 'shop', method: 'GET', name: '/' })
  let view = viewOf(answer(20), null)
  made.second(40)
  const columns = made.seriesOf('shop', 'GET', '/')!
  const cut = Object.fromEntries(Object.entries(columns).map(([k, v]) => [k, (v as unknown[]).slice(0, 21)])) as unknown as typeof columns
  view = { ...view, series: { [key]: cut } } as RunView
  for (let s = 21; s <= 40; s++) view = advance(view, event(s))
  expect(view.series[key]?.startSecond).toHaveLength(41)
})

it('asks for the coarser points of the server every quarter of an hour once an hour is over', () => {
  expect(isOutgrown(4000, 0)).toBe(false)
  expect(isOutgrown(4600, 0)).toBe(true)
  // After a day the server has about 6,500 points; the page holds at most 900 more.
  expect(isOutgrown(7300, 6500)).toBe(false)
  expect(isOutgrown(7401, 6500)).toBe(true)
})

it('shows the rules of a verdict where no thresholds came', () => {
  const rule = { subject: 'http_req_failed', expression: 'rate<0.01', passed: false, found: '2 %' }
  const run = { ...made.document(5, 'stopped'), verdict: { passed: false, exitCode: 99, text: 'FAILED', rules: [rule] } }
  expect(rulesOf([], run as never)).toMatchObject([{ metric: 'http_req_failed', passed: false, text: '2 %' }])
})
