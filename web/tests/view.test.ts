import { expect, it } from 'vitest'
import { overlaysOf, responseTimes } from '../src/charts/runCharts'
import type { RunAnswer, ScenarioState } from '../src/data/api'
import { noSeries } from '../src/data/course'
import { findingsOf, viewOf } from '../src/data/model'
import { en } from '../src/i18n/en'
import { progressOf, stageAt } from '../src/shell/figures'
import { makeRun } from '../dev/fixture.mjs'

const made = makeRun({})
const scenario = (change: Partial<ScenarioState>): ScenarioState => ({
  name: 'a', executor: 'constant users', phase: 'running', progress: null, users: 1, targetUsers: 1, iterations: 0, iterationsTotal: null, dropped: 0, waiting: 0,
  offeredPerSecond: 0, achievedPerSecond: 0, startSecond: 0, runTimeSeconds: 60, lengthSeconds: null, warmUp: false, ...change,
})
const viewWith = (change: object) => viewOf({
  run: made.document(59, 'running'), seconds: made.columns(0, 59), heat: made.heat(0, 59), marks: made.marks(59), plan: { users: 1, spawnRate: 1, host: null, runTimeSeconds: null },
  findings: [], thresholds: [], workers: [], ratio: made.ratio, ...change,
} as unknown as RunAnswer, null)

it('fills a finding in that lacks a field', () => {
  expect(findingsOf([{ title: 'slow' }])).toEqual([{ id: '0', severity: 'info', title: 'slow', text: '', evidence: [], fromSeconds: null, toSeconds: null, link: null, charts: [] }])
  expect(findingsOf(undefined)).toEqual([])
})

it('knows how far a run is by its time, by its scenarios, or not at all', () => {
  expect(progressOf(viewWith({ plan: { runTimeSeconds: 120 } }))).toBe(0.5)
  expect(progressOf(viewWith({ scenarios: [scenario({ progress: 0.25 }), scenario({ progress: 0.75 })] }))).toBe(0.5)
  expect(progressOf(viewWith({ scenarios: [scenario({ progress: 0.25 }), scenario({})] }))).toBeNull()
  expect(progressOf(viewWith({}))).toBeNull()
})

it('counts the stages and marks those that were reached', () => {
  const view = viewWith({ plan: { runTimeSeconds: 120, stages: [{ name: '2', fromSeconds: 30 }, { name: '3', fromSeconds: 90 }] } })
  expect(stageAt(view)).toEqual({ now: 2, all: 3 })
  expect(overlaysOf(view).marks.map(mark => [mark.kind, mark.atSeconds])).toEqual([['stage', 30], ['spawned', 50]])
  expect(stageAt(viewWith({}))).toBeNull()
})

it('shades the warm-up', () => {
  expect(overlaysOf(viewWith({ scenarios: [scenario({ warmUp: true, runTimeSeconds: 10 }), scenario({})] })).warmUps).toEqual([[0, 10]])
})

it('draws the lines one chooses, of an endpoint those that there are', () => {
  const labels = (chart: { lines: readonly { label: string }[] }) => chart.lines.map(line => line.label)
  expect(labels(responseTimes(made.columns(0, 9), en, false, ['90', '99.9', 'max']))).toEqual(['p90', 'p99.9', 'max'])
  expect(labels(responseTimes(noSeries(), en, false, ['90', '99']))).toEqual(['p99'])
  expect(labels(responseTimes(noSeries(), en, false, ['90']))).toEqual(['p50', 'p95', 'p99'])
})
