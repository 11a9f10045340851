// Asking the server. Addresses are relative, so the page works behind any prefix.
import type { Comparison, Download, LogLine, RunAnswer, RunEntry, SeriesColumns, Session } from './api'

export class ApiError extends Error {
  constructor(readonly status: number, message: string, readonly fields: Readonly<Record<string, string>> = {}) {
    super(message)
  }
}

async function ask<T>(path: string, init?: RequestInit): Promise<T> {
  let response: Response
  try {
    response = await fetch(path, { credentials: 'same-origin', ...init })
  } catch {
    throw new ApiError(0, '')
  }
  const text = await response.text()
  let body: unknown
  try {
    body = text === '' ? {} : JSON.parse(text)
  } catch {
    body = { message: text.slice(0, 300) }
  }
  if (response.ok) return body as T
  const refusal = body as { message?: string; error?: string; errors?: Record<string, string>; fields?: Record<string, string> }
  throw new ApiError(response.status, refusal.message ?? refusal.error ?? response.statusText, refusal.errors ?? refusal.fields ?? {})
}

function post<T>(path: string, body: unknown): Promise<T> {
  return ask<T>(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })
}

function query(values: Record<string, string>): string {
  return new URLSearchParams(values).toString()
}

export interface StartRequest {
  users: number | null
  spawnRate: number | null
  host: string
  runTime: string
  userClasses: { name: string; weight: number; fixedCount: number | null }[] | null
  shape: string | null
  target: string | null
  options: Record<string, unknown>
}

export interface ChangeRequest { users?: number; spawnRate?: number; scenario?: { name: string; users?: number; rate?: number } }

export const client = {
  session: () => ask<Session>('api/v1/session'),
  run: () => ask<RunAnswer>('api/v1/run'),
  pastRun: (id: string) => ask<RunAnswer>(`api/v1/runs/${encodeURIComponent(id)}`),
  runs: () => ask<{ runs: RunEntry[] }>('api/v1/runs'),
  series: (run: string | null, scenario: string, method: string, name: string) =>
    ask<SeriesColumns>(`api/v1/${run === null ? 'run' : `runs/${encodeURIComponent(run)}`}/series?${query({ scenario, method, name })}`),
  logs: (after: number) => ask<{ lines: LogLine[] }>(`api/v1/logs?after=${after}`),
  downloads: (run: string | null) => ask<{ downloads: Download[] }>(run === null ? 'api/v1/download' : `api/v1/runs/${encodeURIComponent(run)}/download`),
  compare: (base: string, now: string) => ask<Comparison>(`api/v1/compare?${query({ base, new: now })}`),
  start: (request: StartRequest) => post<unknown>('api/v1/start', request),
  change: (request: ChangeRequest) => post<unknown>('api/v1/change', request),
  stop: () => post<unknown>('api/v1/stop', {}),
  reset: () => post<unknown>('api/v1/reset', {}),
  loginKind: () => ask<{ kind: 'none' | 'token' | 'password' }>('api/v1/login'),
  login: (body: { token: string } | { user: string; password: string }) => post<unknown>('api/v1/login', body),
}
