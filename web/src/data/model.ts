// What the views read: one run (live, past or in a report) and where the session stands. Replaced as a whole, never changed in place; only
// the columns of the course grow in place, and `version` says when they did.
import type {
  Finding, HeatColumns, Mark, Plan, Ratio, RunAnswer, ScenarioState, SecondColumns, SeriesColumns, TargetColumns, Threshold, TraceRow, WorkerRow,
} from './api'
import { noHeat, noSeconds } from './course'
import type { OutputDocument, RunDocument } from './run'

export interface RunView {
  /** Null: the run that goes on, or the last one. */
  readonly id: string | null
  readonly run: RunDocument
  readonly seconds: SecondColumns
  readonly heat: HeatColumns
  readonly marks: readonly Mark[]
  /** What was measured on the target itself. */
  readonly targets: readonly TargetColumns[]
  /** The slowest requests whose traces the target has, the slowest first. */
  readonly traces: readonly TraceRow[]
  readonly plan: Plan
  readonly scenarios: readonly ScenarioState[]
  readonly findings: readonly Finding[]
  readonly thresholds: readonly Threshold[]
  readonly workers: readonly WorkerRow[]
  readonly ratio: Ratio
  /** Requests per second of the last minute by series, for the sparklines. */
  readonly recent: ReadonlyMap<string, readonly number[]>
  /** The course of single series, where it is at hand. */
  readonly series: Readonly<Record<string, SeriesColumns>>
  readonly version: number
}

export type Connection = 'connecting' | 'live' | 'lost'

/** Scenario, method and name as one text. */
export function seriesKey(row: { scenario: string; method: string; name: string }): string {
  return JSON.stringify([row.scenario, row.method, row.name])
}

export function viewOf(answer: RunAnswer, id: string | null, version = 1): RunView {
  return {
    id,
    run: answer.run,
    seconds: { ...noSeconds(), ...answer.seconds },
    heat: { ...noHeat(), ...answer.heat },
    marks: answer.marks ?? [],
    targets: answer.targets ?? [],
    traces: answer.traces ?? [],
    plan: answer.plan ?? { users: null, spawnRate: null, host: null, runTimeSeconds: null },
    scenarios: answer.scenarios ?? [],
    findings: findingsOf(answer.findings),
    thresholds: rulesOf(answer.thresholds ?? [], answer.run),
    workers: answer.workers ?? [],
    ratio: answer.ratio ?? { perClass: {}, total: {} },
    recent: new Map(answer.recent ? Object.entries(answer.recent) : Object.entries(answer.series ?? {}).map(([key, columns]) => [key, lastMinute(columns)])),
    series: answer.series ?? {},
    version,
  }
}

/** Findings as they are drawn: what a version before or after this one leaves out is nothing, and not an error. */
export function findingsOf(findings: readonly Partial<Finding>[] | undefined): readonly Finding[] {
  return (findings ?? []).map((finding, i) => ({
    id: finding.id ?? String(i),
    severity: finding.severity === 'problem' || finding.severity === 'warning' ? finding.severity : 'info',
    title: finding.title ?? '',
    text: finding.text ?? '',
    evidence: finding.evidence ?? [],
    fromSeconds: finding.fromSeconds ?? null,
    toSeconds: finding.toSeconds ?? null,
    link: finding.link ?? null,
    charts: finding.charts ?? [],
  }))
}

/** The thresholds as they stand; once the run was judged without them at hand, the rules of its verdict. */
export function rulesOf(thresholds: readonly Threshold[], run: RunDocument): readonly Threshold[] {
  if (thresholds.length > 0 || !run.verdict) return thresholds
  return run.verdict.rules.map(rule => ({
    metric: rule.subject, expression: rule.expression, passed: rule.passed, value: null, text: rule.found ?? '', abortOnFail: false,
  }))
}

/** The accounts of the outputs; none in a document of a version without them. */
export function outputsOf(run: RunDocument): readonly OutputDocument[] {
  return (run as Partial<RunDocument>).outputs ?? []
}

function lastMinute(columns: SeriesColumns): number[] {
  return columns.requests.slice(-60).map((n, i) => n / (columns.lengthSeconds.at(-Math.min(60, columns.requests.length) + i) || 1))
}

/** True once there is something to look at. */
export function hasRun(view: RunView | null): view is RunView {
  return view !== null && view.run.startTime !== null
}
