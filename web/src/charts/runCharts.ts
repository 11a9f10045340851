// From the columns of a run to the lines of its charts. One function per chart; texts come in as messages.
import type { SecondColumns, SeriesColumns, TargetColumns } from '../data/api'
import { instants, perSecond, spans } from '../data/course'
import type { RunView } from '../data/model'
import { aligned } from '../data/targets'
import type { Messages } from '../i18n/en'
import { bytes, compact, count, rate, three, thin, time, wholePercent } from '../format/numbers'
import type { Line, Overlays, Span } from './types'

export interface Chart { readonly x: readonly number[]; readonly lines: readonly Line[] }

const perS = (value: number) => `${rate(value)}${thin}/s`

export function throughput(columns: SecondColumns | SeriesColumns, m: Messages): Chart {
  return {
    x: instants(columns),
    lines: [
      { key: 'requests', label: m.charts.requests, colour: 'throughput', values: perSecond(columns.requests, columns.lengthSeconds), format: perS, area: true },
      { key: 'failures', label: m.charts.failed, colour: 'failures', values: quietZeros(perSecond(columns.failures, columns.lengthSeconds)), format: perS, area: true, width: 1.4 },
    ],
  }
}

/** Long stretches of nothing are not drawn: a red line along the axis would look like failures. */
export function quietZeros(values: readonly (number | null)[]): (number | null)[] {
  return values.map((value, i) => (value === 0 && !values[i - 1] && !values[i + 1] ? null : value))
}

export function responseTimes(columns: SecondColumns | SeriesColumns, m: Messages, over = false): Chart {
  const line = (key: 'p50Ms' | 'p95Ms' | 'p99Ms', colour: Line['colour'], width: number, dash?: readonly number[]): Line => ({
    key, label: m.charts[key.slice(0, 3) as 'p50'], colour: over ? 'over' : colour, values: columns[key], format: time, width, ...(dash ? { dash } : {}),
  })
  return {
    x: instants(columns),
    lines: over
      ? [line('p50Ms', 'p50', 1.1), line('p95Ms', 'p95', 2), line('p99Ms', 'p99', 1.2, [5, 3])]
      : [line('p50Ms', 'p50', 1.5), line('p95Ms', 'p95', 1.8), line('p99Ms', 'p99', 1.5, [6, 3])],
  }
}

export function users(columns: SecondColumns, m: Messages): Chart {
  return {
    x: instants(columns),
    lines: [{ key: 'users', label: m.charts.usersSeries, colour: 'users', values: columns.users, format: count, area: true, steps: true }],
  }
}

export function arrivals(columns: SecondColumns, m: Messages): Chart | null {
  if (!columns.arrivalsOffered || !columns.arrivalsStarted) return null
  return {
    x: instants(columns),
    lines: [
      { key: 'offered', label: m.charts.offered, colour: 'offered', values: perSecond(columns.arrivalsOffered, columns.lengthSeconds), format: perS, area: true, steps: true },
      { key: 'achieved', label: m.charts.achieved, colour: 'throughput', values: perSecond(columns.arrivalsStarted, columns.lengthSeconds), format: perS, width: 1.8 },
      ...(columns.arrivalsDropped?.some(n => n > 0)
        ? [{ key: 'dropped', label: m.charts.dropped, colour: 'failures', values: perSecond(columns.arrivalsDropped, columns.lengthSeconds), format: perS, dash: [4, 3] } as const]
        : []),
    ],
  }
}

export function inFlight(columns: SecondColumns, m: Messages): Chart {
  return {
    x: instants(columns),
    lines: [
      { key: 'inFlight', label: m.charts.inFlightSeries, colour: 'inFlight', values: columns.inFlight, format: count, area: true },
      { key: 'oldest', label: m.charts.oldestSeries, colour: 'oldest', values: columns.oldestMs, format: time, right: true, dash: [5, 3] },
    ],
  }
}

export function generator(columns: SecondColumns, m: Messages): Chart {
  return {
    x: instants(columns),
    lines: [
      { key: 'busy', label: m.charts.busy, colour: 'busy', values: columns.busyPercent, format: wholePercent, area: true },
      { key: 'lag', label: m.charts.lag, colour: 'lag', values: columns.lagP99Ms, format: time, right: true, dash: [5, 3] },
    ],
  }
}

export function traffic(columns: SecondColumns, m: Messages): Chart {
  const size = (value: number) => `${bytes(value)}/s`
  return {
    x: instants(columns),
    lines: [
      { key: 'received', label: m.charts.received, colour: 'throughput', values: perSecond(columns.bytesReceived, columns.lengthSeconds), format: size },
      { key: 'sent', label: m.charts.sent, colour: 'users', values: perSecond(columns.bytesSent, columns.lengthSeconds), format: size, dash: [6, 3] },
    ],
  }
}

const targetColours = ['target1', 'target2', 'target3', 'target4'] as const
const targetDashes: (readonly number[] | undefined)[] = [undefined, [6, 3], [2, 2], [8, 3, 2, 3], [1, 3]]

/** The measurements of one source and unit. Names that begin alike are shown without what they share, which stands in the title. */
export function target(group: readonly TargetColumns[]): Chart & { readonly title: string; readonly axis: (value: number) => string } {
  const { x, values } = aligned(group)
  const { title, labels } = titled(group)
  const { axis, format } = unitOf(group[0]!.unit)
  return {
    title, axis, x,
    lines: group.map((row, i) => {
      const dash = targetDashes[Math.floor(i / targetColours.length)]
      return { key: row.name, label: labels[i]!, colour: targetColours[i % targetColours.length]!, values: values[i]!, format, ...(dash ? { dash } : {}) }
    }),
  }
}

function titled(group: readonly TargetColumns[]): { title: string; labels: string[] } {
  if (group.length === 1) return { title: group[0]!.name, labels: [group[0]!.unit || group[0]!.name] }
  const at = group[0]!.name.indexOf('{')
  const title = at > 0 ? group[0]!.name.slice(0, at) : group[0]!.source
  const labels = group.map(row => (row.name.startsWith(`${title}{`) ? row.name.slice(title.length) : row.name))
  return { title, labels }
}

function unitOf(unit: string): { axis: (value: number) => string; format: (value: number) => string } {
  switch (unit) {
    case '%': return { axis: axes.percent, format: value => `${three(value)}${thin}%` }
    case 'bytes': return { axis: bytes, format: bytes }
    case 'bytes/s': return { axis: bytes, format: value => `${bytes(value)}/s` }
    case 'ms': return { axis: axes.time, format: time }
    case 's': return { axis: value => axes.time(value * 1000), format: value => time(value * 1000) }
    default: {
      const number = (value: number) => (Number.isInteger(value) ? count(value) : three(value))
      return { axis: compact, format: value => (unit ? `${number(value)}${thin}${unit}` : number(value)) }
    }
  }
}

export const axes = {
  rate: compact,
  count: compact,
  time: (value: number) => (value >= 1000 ? `${three(value / 1000).replace(/\.0+$/, '')}${thin}s` : `${three(value).replace(/\.0+$/, '')}${thin}ms`),
  percent: (value: number) => `${value}${thin}%`,
  bytes,
}

/** The shaded stretches and marks of a run. A ramp is where the number of users is on its way to what was asked for. */
export function overlaysOf(view: RunView): Overlays {
  const columns = view.seconds
  return {
    ramps: rampSpans(columns),
    warmUps: [],
    bound: spans(columns, columns.generatorBound),
    marks: view.marks,
  }
}

/** Stretches of at least three points in which the number of users moves, by more than a single user who comes or goes. */
export function rampSpans(columns: SecondColumns): Span[] {
  const found: [number, number][] = []
  let begin = -1
  let most = 0
  for (const users of columns.users) if (users > most) most = users
  for (let i = 1; i <= columns.users.length; i++) {
    const moving = i < columns.users.length && columns.users[i] !== columns.users[i - 1]
    if (moving && begin < 0) begin = i - 1
    if (!moving && begin >= 0) {
      if (i - begin >= 3 && Math.abs(columns.users[i - 1]! - columns.users[begin]!) >= most * 0.02) found.push([columns.startSecond[begin]!, columns.startSecond[i - 1]!])
      begin = -1
    }
  }
  return found
}
