// The document of a run: RunDocument of src/Onrush.Runs/Results/Documents in TypeScript. All times in milliseconds, instants ISO 8601.

export type RunPhase = 'ready' | 'spawning' | 'running' | 'stopping' | 'stopped'

export type Outcome =
  | 'success' | 'dns' | 'refused' | 'connectTimeout' | 'connect' | 'tls' | 'send' | 'readTimeout' | 'reset' | 'protocol' | 'status'
  | 'check' | 'cancelled'

export interface TimesDocument {
  count: number
  averageMs: number
  minMs: number
  p50Ms: number
  p66Ms: number
  p75Ms: number
  p80Ms: number
  p90Ms: number
  p95Ms: number
  p98Ms: number
  p99Ms: number
  p999Ms: number
  p9999Ms: number
  maxMs: number
}

export interface PhasesDocument {
  blocked: TimesDocument
  dns: TimesDocument
  connect: TimesDocument
  tls: TimesDocument
  send: TimesDocument
  wait: TimesDocument
  receive: TimesDocument
}

export interface SeriesDocument {
  scenario: string
  method: string
  name: string
  started: number
  requests: number
  failures: number
  cancelled: number
  inFlight: number
  failureRatio: number
  all: TimesDocument
  successes: TimesDocument
  failed: TimesDocument
  duration?: TimesDocument
  fromDue?: TimesDocument | null
  phases?: PhasesDocument
  averageContentLength: number
  bytesSent: number
  bytesReceived: number
  currentRps: number
  currentFailuresPerSecond: number
  totalRps: number
  totalFailuresPerSecond: number
  statuses: { status: number; count: number }[]
  outcomes: { outcome: Outcome; count: number }[]
}

export interface FailureDocument {
  scenario: string
  method: string
  name: string
  outcome: Outcome
  message: string
  occurrences: number
  firstSeen: string
  lastSeen: string
}

export interface ExceptionDocument {
  userClass: string
  task: string
  type: string
  message: string
  stackTrace: string
  count: number
  firstSeen: string
  lastSeen: string
  workers: string[]
}

export interface IterationsDocument {
  scenario: string
  count: number
  failed: number
  duration: TimesDocument
  lateness: TimesDocument | null
}

export interface GeneratorDocument {
  text: string
  isBound: boolean
  boundSeconds: number
  boundSpans: { fromMs: number; toMs: number }[]
  busyPercent: number
  averageBusyPercent: number
  currentLagP99Ms: number
  lag: TimesDocument
  canary: TimesDocument
  added: TimesDocument
}

export interface RunDocument {
  schemaVersion: number
  about: { producer: string; loadTest: string; host: string | null; runId: string | null }
  phase: RunPhase
  stopReason: string | null
  takenAt: string
  startTime: string | null
  runTimeMs: number
  targetUsers: number
  spawnRate: number
  users: number
  usersByClass: Record<string, number>
  usersStarted: number
  usersFailedOnStart: number
  inFlight: number
  oldestRequestMs: number
  series: SeriesDocument[]
  aggregated: SeriesDocument
  failures: FailureDocument[]
  exceptions: ExceptionDocument[]
  iterations: IterationsDocument[]
  allIterations: IterationsDocument
  generator: GeneratorDocument
  conservationErrors: string[]
  warnings: string[]
}
