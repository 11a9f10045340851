// What the server answers (docs/internals/dashboard.md). Spans in seconds, times in milliseconds, instants ISO 8601.
import type { RunDocument, WorkerDocument, SlowTraceDocument } from './run'

export type SessionState = 'ready' | 'running' | 'stopping' | 'stopped' | 'failed'

export interface UserClassForm { name: string; weight: number; fixedCount: number | null; host: string | null; tasks: string[]; averageWaitSeconds?: number | null }

export type OptionKind = 'text' | 'number' | 'integer' | 'flag' | 'choice' | 'choices' | 'secret'
export type OptionValue = string | number | boolean | string[] | null

export interface OptionForm {
  name: string
  kind: OptionKind
  label: string
  help: string | null
  default: OptionValue
  value?: OptionValue
  choices: string[]
  required: boolean
}

export interface ScenarioForm { name: string; executor: string; userClass: string; text: string; users?: number | null; rate?: number | null; timeUnitSeconds?: number | null }

export interface StartForm {
  users: number | null
  spawnRate: number | null
  host: string | null
  runTimeSeconds: number | null
  userClasses: UserClassForm[]
  scenarios: ScenarioForm[]
  shapes: string[]
  shape?: string | null
  targets: { name: string; host: string }[]
  options: OptionForm[]
  averageWaitSeconds: number | null
}

export interface SessionStatus { state: SessionState; runId: string | null; error: string | null }

export interface Session extends SessionStatus {
  version: string
  canChange: boolean
  startedAt?: string | null
  features?: string[]
  loadTest: { name: string; file: string }
  form: StartForm
}

type Times = (number | null)[]

/** The course of a run as columns of equal length, one place per point, oldest first. Counts are sums over the point. */
export interface SecondColumns {
  startSecond: number[]
  lengthSeconds: number[]
  users: number[]
  requests: number[]
  failures: number[]
  cancelled: number[]
  iterations: number[]
  inFlight: number[]
  oldestMs: number[]
  averageMs: Times
  minMs: Times
  p50Ms: Times
  p66Ms: Times
  p75Ms: Times
  p80Ms: Times
  p90Ms: Times
  p95Ms: Times
  p98Ms: Times
  p99Ms: Times
  p999Ms: Times
  p9999Ms: Times
  maxMs: Times
  bytesSent: number[]
  bytesReceived: number[]
  busyPercent: number[]
  lagP99Ms: number[]
  generatorBound: number[]
  arrivalsOffered: number[] | null
  arrivalsStarted: number[] | null
  arrivalsDropped: number[] | null
}

/** The latency heat map: pairs of bucket and count per point. Bucket b covers 0.01*10^(b/10) ms up to the next. */
export interface HeatColumns { startSecond: number[]; lengthSeconds: number[]; cells: number[][] }

export interface SeriesColumns {
  startSecond: number[]
  lengthSeconds: number[]
  requests: number[]
  failures: number[]
  p50Ms: Times
  p95Ms: Times
  p99Ms: Times
}

/** A measurement of the target itself; a value is null where it could not be read. */
export interface TargetColumns {
  source: string
  name: string
  unit: string
  startSecond: number[]
  lengthSeconds: number[]
  values: (number | null)[]
}

export type MarkKind = 'users' | 'rate' | 'reset' | 'stop' | 'workerJoined' | 'workerLost' | 'spawned' | 'stage' | 'abort' | 'scenario'
export interface Mark { atSeconds: number; kind: MarkKind; text: string }

export type Severity = 'info' | 'warning' | 'problem'
export type FindingChart = 'throughput' | 'times' | 'users' | 'inFlight' | 'arrivals' | 'generator'
export interface Finding {
  id: string
  severity: Severity
  title: string
  text: string
  evidence: { label: string; value: string }[]
  fromSeconds: number | null
  toSeconds: number | null
  link: string | null
  charts: FindingChart[]
}

export interface Threshold {
  metric: string
  expression: string
  passed: boolean | null
  value: number | null
  text: string
  abortOnFail: boolean
}

export type WorkerRow = WorkerDocument

export interface RatioNode { ratio: number; tasks?: Record<string, RatioNode> }
export interface Ratio { perClass: Record<string, RatioNode>; total: Record<string, RatioNode> }

export interface Plan {
  users: number | null
  spawnRate: number | null
  host: string | null
  runTimeSeconds: number | null
  /** The stages after the first. */
  stages?: { name: string; fromSeconds: number }[]
}

export type ScenarioPhase = 'waiting' | 'running' | 'stopping' | 'over'

/** How a scenario stands. */
export interface ScenarioState {
  name: string
  executor: string
  phase: ScenarioPhase
  /** 0 to 1; null where there is no end. */
  progress: number | null
  users: number
  targetUsers: number
  iterations: number
  iterationsTotal: number | null
  dropped: number
  waiting: number
  offeredPerSecond: number
  achievedPerSecond: number
  startSecond: number | null
  runTimeSeconds: number
  lengthSeconds: number | null
  warmUp: boolean
}

/** One of the slowest requests whose traces the target has. */
export interface TraceRow extends SlowTraceDocument { second: number }

export interface RunAnswer {
  run: RunDocument
  seconds: SecondColumns
  heat: HeatColumns
  marks: Mark[]
  targets?: TargetColumns[]
  traces?: TraceRow[]
  plan: Plan
  scenarios?: ScenarioState[]
  findings: Finding[]
  thresholds: Threshold[]
  workers: WorkerRow[]
  ratio: Ratio
  series?: Record<string, SeriesColumns>
  /** Requests of the last 60 seconds by endpoint. */
  recent?: Record<string, number[]>
  session?: Partial<Session>
}

export interface EndpointSecond {
  scenario: string
  method: string
  name: string
  requests: number
  failures: number
  p50Ms: number | null
  p95Ms: number | null
  p99Ms: number | null
}

export interface RunEvent {
  session: SessionStatus
  run: RunDocument
  seconds: SecondColumns
  heat: HeatColumns
  marks: Mark[]
  /** The points in which something is new. */
  targets?: TargetColumns[]
  traces?: TraceRow[]
  plan?: Plan
  scenarios?: ScenarioState[]
  findings: Finding[]
  thresholds: Threshold[]
  workers: WorkerRow[]
  endpoints?: { second: number; rows: EndpointSecond[] }
  logs?: number
  full?: boolean
}

export interface LogLine { number: number; at: string; level: string; text: string; source: string }

export interface RunEntry {
  id: string
  name: string
  loadTest: string
  host: string | null
  startTime: string | null
  runTimeSeconds: number
  users: number
  requests: number
  rps: number
  p95Ms: number | null
  failureRatio: number
  verdict: 'passed' | 'failed' | 'none'
  state: string
}

export type DownloadKind = 'requests' | 'failures' | 'exceptions' | 'history' | 'run' | 'report'
export interface Download { name: string; kind: DownloadKind | string }

/** A figure of both runs, of the parts at a constant number of users. Changes in percent of the base; of the failed share in percentage points. */
export interface MetricChange {
  base: number
  new: number
  changePercent: number | null
  lowPercent: number | null
  highPercent: number | null
  verdict: 'noise' | 'better' | 'worse' | 'tooFew'
}
export interface Comparison {
  comparable: boolean
  reasons: string[]
  summary?: string
  rows: { scenario: string; method: string; name: string; metrics: Partial<Record<string, MetricChange>> }[]
}

export const noTimes = {
  count: 0, averageMs: 0, minMs: 0, p50Ms: 0, p66Ms: 0, p75Ms: 0, p80Ms: 0, p90Ms: 0, p95Ms: 0, p98Ms: 0, p99Ms: 0, p999Ms: 0,
  p9999Ms: 0, maxMs: 0,
}
