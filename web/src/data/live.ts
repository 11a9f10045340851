// Keeps the page current: the session, the run of the session, and the stream that brings each second. One object per page.
import type { RunEvent, Session, SessionStatus } from './api'
import { ApiError, client } from './client'
import type { SeriesDocument, TimesDocument } from './run'
import { append, isOutgrown, noHeat, noSeconds } from './course'
import { withTargets } from './targets'
import { type Connection, findingsOf, rulesOf, type RunView, seriesKey, viewOf } from './model'

export interface LiveState {
  readonly connection: Connection
  readonly session: Session | null
  readonly view: RunView | null
  /** Number of the last line of the log. */
  readonly logs: number
  readonly needsLogin: boolean
}

const sparkPoints = 60
const retries = [1000, 2000, 5000, 10000]

export class Live {
  private state: LiveState = { connection: 'connecting', session: null, view: null, logs: 0, needsLogin: false }
  private readonly listeners = new Set<() => void>()
  private source: EventSource | null = null
  private lastId = ''
  private attempt = 0
  private loadedPoints = 0
  private retry: ReturnType<typeof setTimeout> | undefined
  private loading: Promise<void> | null = null
  private closed = false

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  readonly get = (): LiveState => this.state

  /** Loads everything and follows the stream; safe to call again after a login. */
  async start(): Promise<void> {
    clearTimeout(this.retry)
    try {
      const session = await client.session()
      this.set({ session, needsLogin: false })
      await this.load()
      this.follow()
      this.attempt = 0
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) this.set({ needsLogin: true, connection: 'lost' })
      else this.later()
    }
  }

  stop(): void {
    this.closed = true
    clearTimeout(this.retry)
    this.source?.close()
    this.listeners.clear()
  }

  /** Asks for the session again, for instance after a POST. */
  async refresh(): Promise<void> {
    const session = await client.session()
    this.set({ session })
  }

  private load(): Promise<void> {
    this.loading ??= this.loadNow().finally(() => { this.loading = null })
    return this.loading
  }

  private async loadNow(): Promise<void> {
    const answer = await client.run()
    const recent = this.state.view?.recent
    const view = viewOf(answer, null, (this.state.view?.version ?? 0) + 1)
    const same = recent && this.state.view?.run.startTime === answer.run.startTime
    const last = answer.seconds.startSecond.at(-1)
    this.loadedPoints = answer.seconds.startSecond.length
    if (this.state.session?.runId && last !== undefined) this.lastId = `${this.state.session.runId}:${last}`
    this.set({ view: same ? { ...view, recent } : view })
  }

  private follow(): void {
    this.source?.close()
    if (this.closed) return
    const source = new EventSource(`api/v1/stream${this.lastId ? `?after=${encodeURIComponent(this.lastId)}` : ''}`)
    this.source = source
    source.onopen = () => { this.attempt = 0; this.set({ connection: 'live' }) }
    source.addEventListener('run', event => this.onRun(event as MessageEvent<string>))
    source.addEventListener('session', event => this.onSession(JSON.parse((event as MessageEvent<string>).data) as SessionStatus))
    source.onerror = () => {
      this.set({ connection: 'lost' })
      // The browser reconnects by itself after a cut, not after a refusal.
      if (source.readyState === EventSource.CLOSED) this.later()
    }
  }

  private later(): void {
    if (this.closed) return
    this.set({ connection: 'lost' })
    this.source?.close()
    clearTimeout(this.retry)
    this.retry = setTimeout(() => void this.start(), retries[Math.min(this.attempt++, retries.length - 1)])
  }

  private onSession(status: Partial<Session> & SessionStatus): void {
    const before = this.state.session
    if (!before) return
    this.set({ session: { ...before, ...status } })
    const after = before.state !== status.state
    if (after) void this.refresh().catch(() => undefined)
    if (before.runId !== status.runId || (after && status.state === 'ready')) void this.load().catch(() => undefined)
  }

  private onRun(message: MessageEvent<string>): void {
    const event = JSON.parse(message.data) as RunEvent
    if (message.lastEventId) this.lastId = message.lastEventId
    if (event.session) this.onSession(event.session)
    const view = this.state.view
    if (!view) return
    this.set({ connection: 'live', logs: event.logs ?? this.state.logs, view: advance(view, event) })
    if (isOutgrown(this.state.view?.seconds.startSecond.length ?? 0, this.loadedPoints)) void this.load().catch(() => undefined)
  }

  private set(change: Partial<LiveState>): void {
    this.state = { ...this.state, ...change }
    for (const listener of this.listeners) listener()
  }
}

/** The view after one event of the stream. Columns grow in place; a run that is not the one before begins new ones. */
export function advance(view: RunView, event: RunEvent): RunView {
  const again = event.full === true || view.run.startTime !== event.run.startTime
  const seconds = again ? noSeconds() : view.seconds
  const heat = again ? noHeat() : view.heat
  append(seconds, event.seconds)
  append(heat, event.heat)
  return {
    ...view,
    run: keepDetails(event.run, again ? null : view.run),
    seconds,
    heat,
    marks: event.marks ?? view.marks,
    traces: event.traces ?? view.traces,
    targets: withTargets(again ? [] : view.targets, event.targets ?? []),
    plan: event.plan ?? view.plan,
    scenarios: event.scenarios ?? view.scenarios,
    findings: event.findings ? findingsOf(event.findings) : view.findings,
    thresholds: rulesOf(event.thresholds ?? view.thresholds, event.run),
    workers: event.workers ?? view.workers,
    series: again ? {} : withSecond(view.series, event),
    recent: withRecent(again ? new Map() : view.recent, event),
    version: view.version + 1,
  }
}

const noTimes: TimesDocument = {
  count: 0, averageMs: 0, minMs: 0, p50Ms: 0, p66Ms: 0, p75Ms: 0, p80Ms: 0, p90Ms: 0, p95Ms: 0, p98Ms: 0, p99Ms: 0, p999Ms: 0, p9999Ms: 0, maxMs: 0,
}

/** The stream leaves out what only an opened row shows, of which what is known stays, and what says nothing where no request failed. */
function keepDetails(run: RunView['run'], before: RunView['run'] | null): RunView['run'] {
  const known = new Map(before?.series.map(row => [seriesKey(row), row]))
  const whole = (row: SeriesDocument, old: SeriesDocument | undefined): SeriesDocument => {
    const sent = row as Partial<SeriesDocument>
    const phases = sent.phases ?? old?.phases
    return { ...row, successes: sent.successes ?? row.all, failed: sent.failed ?? noTimes, ...(phases ? { phases } : {}) }
  }
  return { ...run, series: run.series.map(row => whole(row, known.get(seriesKey(row)))), aggregated: whole(run.aggregated, before?.aggregated) }
}

function withRecent(recent: ReadonlyMap<string, readonly number[]>, event: RunEvent): ReadonlyMap<string, readonly number[]> {
  if (!event.endpoints) return recent
  const now = new Map(event.endpoints.rows.map(row => [seriesKey(row), row.requests]))
  const next = new Map<string, readonly number[]>()
  for (const key of new Set([...recent.keys(), ...now.keys()]))
    next.set(key, [...(recent.get(key) ?? []).slice(1 - sparkPoints), now.get(key) ?? 0])
  return next
}

function withSecond(series: RunView['series'], event: RunEvent): RunView['series'] {
  const second = event.endpoints?.second
  if (second === undefined) return series
  for (const row of event.endpoints!.rows) {
    const columns = series[seriesKey(row)]
    if (columns)
      append(columns, {
        startSecond: [second], lengthSeconds: [1], requests: [row.requests], failures: [row.failures],
        p50Ms: [row.p50Ms], p95Ms: [row.p95Ms], p99Ms: [row.p99Ms],
      })
  }
  return series
}
